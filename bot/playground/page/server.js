// The one place that talks to the server. Everything goes to the address that served the page.
let speaker = "";

export function speakAs(id) { speaker = id; }

export async function read(name, query = {}) {
  const answer = await fetch(`/page/${name}?` + new URLSearchParams({ as: speaker, ...query }));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

export async function tell(name, body = {}) {
  const answer = await fetch(`/page/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ as: speaker, ...body }),
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

// Calls `hear` with each change, and `lose` when the server is gone; the browser tries again by itself.
// Returns what stops listening.
export function listen(hear, lose) {
  const source = new EventSource("/page/events?" + new URLSearchParams({ as: speaker }));
  source.onmessage = (event) => hear(JSON.parse(event.data));
  source.onerror = lose;
  return () => source.close();
}
