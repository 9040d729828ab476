"""The blocks and elements that Slack knows, and how much each of their parts may hold. What is not here is refused."""

from __future__ import annotations

from collections.abc import Mapping

# type of block -> {field: longest text}; a field that ends in ! must be there
BLOCK_TEXTS: Mapping[str, Mapping[str, int]] = {
    "section": {"text": 3000},
    "header": {"text!": 150},
    "context": {},
    "divider": {},
    "actions": {},
    "context_actions": {},
    "image": {"alt_text!": 2000, "image_url": 3000, "title": 2000},
    "markdown": {"text!": 12_000},
    "rich_text": {},
    "table": {},
    "data_table": {"caption!": 500},
    "data_visualization": {"title!": 50},
    "input": {"label!": 2000, "hint": 2000},
    "alert": {"text!": 200},
    "card": {"title": 150, "subtitle": 150, "body": 200, "subtext": 200},
    "carousel": {},
    "container": {"title": 150, "subtitle": 150},
}
# type of block -> (field, most items, least items)
BLOCK_LISTS: Mapping[str, tuple[str, int, int]] = {
    "actions": ("elements", 25, 1),
    "context": ("elements", 10, 1),
    "context_actions": ("elements", 5, 1),
    "table": ("rows", 100, 1),
    "data_table": ("rows", 201, 2),
    "carousel": ("elements", 10, 1),
    "container": ("child_blocks", 10, 1),
    "card": ("actions", 3, 0),
    "section": ("fields", 10, 0),
    "rich_text": ("elements", 1000, 0),
}
ELEMENT_TEXTS: Mapping[str, Mapping[str, int]] = {
    "button": {"text!": 75, "value": 2000, "url": 3000, "accessibility_label": 75},
    "icon_button": {"text!": 75, "icon!": 100, "value": 2000, "accessibility_label": 75},
    "feedback_buttons": {},
    "static_select": {"placeholder": 150},
    "multi_static_select": {"placeholder": 150},
    "external_select": {"placeholder": 150},
    "multi_external_select": {"placeholder": 150},
    "users_select": {"placeholder": 150},
    "multi_users_select": {"placeholder": 150},
    "conversations_select": {"placeholder": 150},
    "multi_conversations_select": {"placeholder": 150},
    "channels_select": {"placeholder": 150},
    "overflow": {},
    "datepicker": {"placeholder": 150},
    "timepicker": {"placeholder": 150},
    "datetimepicker": {},
    "radio_buttons": {},
    "checkboxes": {},
    "plain_text_input": {"placeholder": 150, "initial_value": 3000},
    "number_input": {"placeholder": 150, "is_decimal_allowed!": 10},
    "email_text_input": {"placeholder": 150},
    "url_text_input": {"placeholder": 150},
    "rich_text_input": {"placeholder": 150},
    "image": {"alt_text!": 2000},
    "mrkdwn": {"text!": 3000},
    "plain_text": {"text!": 3000},
}
MOST_OPTIONS = {"overflow": 5, "radio_buttons": 10, "checkboxes": 10}
OPTION_TEXT = {"overflow": 75, "static_select": 75, "multi_static_select": 75, "radio_buttons": 75, "checkboxes": 75}
NEED_OPTIONS = {"static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes"}
ONLY_IN_MESSAGES = {"markdown", "table", "data_table", "data_visualization", "context_actions", "card", "carousel"}
ONLY_IN_VIEWS = {"alert"}
