"""The words of asking, in French and English: courtesy, short hand, cues that tell one form of question from another.

Patterns apply to folded text (lower case, no accents, apostrophes opened), the words joined by one space.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

SHORTHAND: Final[Mapping[str, str]] = {
    # what people type on a phone, and what they mean
    **{"c": "est", "cest": "est", "koi": "quoi", "kwa": "quoi", "kel": "quel", "kels": "quels", "kelle": "quelle"},
    **{"kand": "quand", "kan": "quand", "qd": "quand", "ki": "qui", "cb": "combien", "cmb": "combien"},
    **{"combi1": "combien", "ds": "dans", "pr": "pour", "ya": "il y a", "yatil": "y a t il", "tt": "tout"},
    **{"mtn": "maintenant", "oukan": "quand", "keske": "est ce que", "kes": "est ce", "jms": "jamais"},
    **{"bcp": "beaucoup", "dc": "donc", "ss": "sous", "tjs": "toujours", "tjrs": "toujours", "rdv": "rendez vous"},
    **{"wot": "what", "wat": "what", "wots": "what is", "wen": "when", "hw": "how", "wich": "which", "wats": "what is"},
    **{"r": "are", "u": "you", "ur": "your", "abt": "about", "b4": "before", "hv": "have", "pls": "please"},
    **{
        "plz": "please",
        "thx": "thanks",
        "whats": "what is",
        "whos": "who is",
        "wheres": "where is",
        "whens": "when is",
    },
    **{"dont": "do not", "didnt": "did not", "whn": "when", "wht": "what", "whr": "where", "nxt": "next"},
    **{
        "kezako": "quoi",
        "kesako": "quoi",
        "nb": "nombre",
        "nbr": "nombre",
        "nbre": "nombre",
        "mny": "many",
        "ddl": "deadline",
        "proch": "prochain",
        "svp": "il vous plait",
        "stp": "il te plait",
        "pb": "probleme",
        "tps": "temps",
    },
}

_COURTESY = (
    r"(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|hallo|bsr|bjr|slt|good (?:morning|day|afternoon|evening)|dear|chere?s?)"
    r"(?: (?:a (?=tou|l |la |vous)|tout |toute |le |la |l |the |tous|toutes|all|team|everyone|everybody|colleagues?|collegues?|equipe|there|bot|monde"
    r"|robot|entente|madame|monsieur|both|folks|guys))*",
    r"petite question|question rapide|(?:just )?a?\s?quick (?:one|question)|small question|une question",
    r"(?:(?:i|we) )?(?:hope|hoping|trust)(?: that)?(?: you| all| everyone| this (?:message|finds you))* (?:(?:are|is|re) )?(?:doing )?(?:well|fine|ok|good)",
    r"(?:s )?il (?:vous|te) plait|please|merci(?: (?:beaucoup|avance|d avance|bien|par avance|a tous|a vous))*|thanks?(?: (?:you|a lot|so much"
    r"|in advance|a million|very much))*|thank you(?: (?:very|so) much| in advance)?|cheers|many thanks",
    r"(?:tres )?(?:bonne|belle|excellente) (?:fin de )?(?:journee|soiree|semaine|continuation)|bon(?:ne)?s? (?:week end|weekend|wk|we|vacances|courage|appetit|apres midi)"
    r"|(?:have|enjoy) (?:a|an|your|the) (?:very )?(?:nice|good|great|lovely|wonderful|pleasant|excellent|fantastic|rest of (?:the|your))? ?(?:day|one|evening|week ?end|afternoon|week|holidays?|break)|cordialement|regards|best regards",
    r"desolee? (?:de|pour) (?:vous |te )?(?:deranger|le derangement)|sorry to (?:bother|disturb)(?: you)?",
    r"(?:est ce que )?(?:tu|vous) (?:peux|pouvez|pourrais|pourriez|saurais|sauriez|sais|savez|aurais|auriez|as|avez)(?: tu| vous)?"
    r"(?: (?:me|nous))?(?: (?:dire|redire|rappeler|indiquer|expliquer|donner|trouver|preciser|confirmer))?(?: (?:svp))?",
    r"(?:peux|pouvez|pourrais|pourriez|sais|savez|saurais|sauriez|aurais|auriez) (?:tu|vous)(?: (?:me|nous))?"
    r"(?: (?:dire|redire|rappeler|indiquer|expliquer|trouver|preciser|confirmer|donner))?",
    r"quelqu un (?:peut|pourrait|sait|saurait)(?: (?:me|nous))?(?: (?:dire|redire|rappeler|indiquer|expliquer|preciser))?",
    r"(?:can|could|would|will) (?:you|someone|anyone|anybody|somebody)(?: (?:please|kindly|maybe|perhaps))?"
    r"(?: (?:tell|remind|give|send|find|explain|show|confirm|let)(?: (?:me|us))?(?: know)?)?(?: (?:for me|to me))?",
    r"(?:do|does|did) (?:you|anyone|anybody|someone) (?:happen to )?(?:know|remember|recall)(?: (?:if|whether))?",
    r"any (?:idea|chance)(?: (?:you|of)(?: (?:know|remember|could tell me))?)?|any clue",
    r"(?:rappelle|rappelez|redis|redites|dis|dites|indique|indiquez|explique|expliquez|precise|precisez) (?:moi|nous)(?: (?:donc|encore))?",
    r"remind me|tell me|show me|montre(?:z)? (?:moi|nous)|i (?:would|d) like to know|i (?:want|need) to know|i was wondering(?: if| whether)?|i m looking for"
    r"|i am looking for|i m trying to (?:find|remember)|let me know",
    r"je (?:cherche|voudrais|souhaite|souhaiterais|aimerais|veux)(?: (?:a )?(?:savoir|connaitre))?|(?:j )?aimerais(?: savoir)?"
    r"|on me demande|je me demandais?(?: si)?|je ne sais plus|je (?:ne )?(?:me )?souviens? plus",
    r"(?:can|could) you (?:find|look) (?:that|it|this)(?: up)?(?: for me)?|for me",
    r"i mean|i meant|je veux dire|je parle d[eu]s?|i m talking about|i am talking about|for a visitor|in (?:two|a few|2|3|three) (?:lines|words|sentences)"
    r"|en (?:deux|quelques|2|3|trois) (?:mots|lignes|phrases)|vite fait|in (?:a nutshell|brief|short|one line|one sentence)|en (?:bref|gros|resume|une (?:ligne|phrase))",
    r"en fait(?! partie)|au fait|by the way|btw|exactement|exactly|au juste|dis donc|franchement|hein",
)
COURTESY: Final = re.compile(r"\b(?:" + "|".join(_COURTESY) + r")\b")

HUNDRED_THOUSAND: Final = re.compile(r"\b(?:(?:a |one )?hundred thousand|100 1000|cent mille)\b")
WHOLE_LIST: Final = re.compile(
    r"\b(?:liste (?:complete|entiere|exhaustive|integrale)|(?:full|complete|entire|whole|exhaustive) list|the lot|la totale|donne tout)\b"
)
GREETINGS: Final[Mapping[str, frozenset[str]]] = {
    "fr": frozenset("bonjour bonsoir salut coucou bjr slt bsr merci".split()),
    "en": frozenset("hello hi hey thanks thx cheers bye goodbye please".split()),
}
"""Words that tell the language where nothing else does."""

WHEN: Final = re.compile(
    r"\b(?:quand|when|(?:le|du|au) combien|(?:month|year|day) of|(?:what|which) (?:exact |precise |calendar )?(?:days?|dates?|year|month|time of year|mois|annee|jour)|quel(?:le)? (?:month|year|day)|quel(?:le)?s? (?:jours?|dates?|annee|mois|an)"
    r"|date|dates|depuis quand|since when|jusqu a quand|until when|till when|by when|pour quand|de quand|date de quelle|from when"
    r"|(?:mois|month|(?<!\ba )(?<!per )(?<!each )(?<!every )(?<!this )year|(?<!par )annee|(?<!ce )(?<!par )jour|(?<!a )(?<!per )day)$|what deadline|deadline|due|echeance|date limite|en quelle annee|quel jour|how long ago|au plus tard|by what)\b"
)
WHERE: Final = re.compile(
    r"\b(?:ou (?:est|se|a|ont|sera|seront|etait|aura|s est|eu|la|le|les|l|cela|ca|fut|doit|va)|ou$|where|in (?:which|what) (?:city|town|country|place)"
    r"|(?:which|what) (?:city|town|venue|place)|(?:dans )?quelle ville|quel (?:pays|lieu|endroit)|a quel endroit|venue|lieu)\b"
)
WHAT_TIME: Final = re.compile(
    r"\b(?:(?:a |jusqu a )?quelle heure?s?\b|(?:a |jusqu a )?quelle heure|(?<!within )what time|what hour|at what time|(?:what )?o clock|heure limite|heure de paris|which time zone|quel fuseau|time of day)\b"
)
HOW_MANY: Final = re.compile(
    r"\b(?:combien|how many|how much|quel (?:nombre|montant|volume)|what (?:number|amount)|nombre d|number of|how big|how large|what size|size of|(?:quelle|la) taille|quelle somme|(?:is|s|what) the most|at most|at the most|au plus(?! tard)|au maximum|^(?:plafond|ceiling|maximum)|(?:capacite|debit) (?:annuel(?:le)?|visee?|prevue?|annoncee?)|(?:annual|yearly) (?:capacity|throughput)|^(?:the )?(?:capacite|capacity|throughput|debit|cadence)|what (?:\w+ ){0,2}(?:throughput|capacity|pace|rate|investment|sum|share|percentage|volume)|quel(?:le)? (?:\w+ ){0,2}(?:capacite|debit|cadence|rythme|investissement|effort|part)|est le (?:plafond|maximum)|est la somme maximale|delai|taux|rendement|pourcentage|percentage|median|yield|what share|quelle part)\b"
)
WHICH_ONE: Final = re.compile(r"\b(?:lequel|laquelle|which one|which of)\b(?! (?:est ce|c est|est|is (?:it|that)))")
"""One of those that are described is asked for."""
HOW_LONG: Final = re.compile(
    r"\b(?:how long(?! ago)|combien de (?:temps|mois|semaines|jours|annees|ans)|how many (?:months|weeks|days|years)|quelle (?:est la )?duree|what (?:is the )?duration|duration|duree|dure(?:nt|ra|rait)? (?:t (?:il|elle) )?combien)\b"
)
"""How long something runs."""
BUDGET: Final = re.compile(
    r"\b(?:budgets?|enveloppe|montants?|dotation|cost|cout|pot|quelle somme|how expensive|amount|investissements?|investment|grant size|size of the grant)\b"
)
MONEY: Final = re.compile(
    r"\b(?:budget|budgets|enveloppe|montant|financement total|argent|money|funds?|funding amount|how much money|euros?|eur|m€|millions? d euros"
    r"|cost|coute|cout|dotation|dote|pot|worth|combien d argent)\b"
)
WHO_SIGNED: Final = re.compile(
    r"\b(?:qui (?:l )?(?:a|ont|avait|avaient)(?: donc)? (?:signe|paraphe)e?s?|qui (?:signe|signait)|who (?:has |had |actually )?(?:signed|sign|inked|put (?:his|her|their) name)"
    r"|(?:les|quels|which|the|noms? des|noms? d |names of the|names of) signat(?:aires?|ories|ory)|signed by whom|signee?s? par qui|paraphee?s? par qui|par qui .*signe|qui etait signataire)\b"
)

INCLUDED: Final = re.compile(
    r",[^,?;:]*\b(?:compris(?:e|es)?|inclus(?:e|es)?|too|aussi|as well|included|including|incluses?|atteintes? ou non|met or not|reached or not|confondus?)\b[^,?]*"
)

CHAT: Final[Mapping[str, re.Pattern[str]]] = {
    "hello": re.compile(
        r"\b(?:bonjour|bonsoir|salut|coucou|hello|hi|hey|yo|bjr|slt|good (?:morning|afternoon|evening|day)|ca (?:va|roule|gaze)|comment (?:ca va|vas tu|allez vous|tu vas)|how are you(?: doing)?|how s it going|what s up|wassup|enchante)\b"
    ),
    "thanks": re.compile(
        r"\b(?:merci|thanks?|thank you|thx|cheers|parfait|super|genial|great|perfect|nickel|top|well done|bravo|nice one|good job|(?:tu |vous |you )?(?:es |etes |as |are |re )?(?:trop |vraiment |really |so )?(?:un(?:e)? (?:chef|star|as|genie|amour|champion(?:ne)?)|le meilleur|la meilleure|the best|a (?:star|genius|legend|champ|life ?saver)|awesome|amazing|helpful|useful|utile|sympa|gentil(?:le)?|kind)|(?:tu|vous) (?:geres?|gerez|assures?|assurez)|chapeau|impeccable|excellent|ok|okay|d accord|ca marche|got it|noted|bien recu)\b"
    ),
    "bye": re.compile(
        r"\b(?:au revoir|a bientot|bye|goodbye|see you|bonne (?:journee|soiree|nuit)|a plus|ciao|a demain|a tout a l heure|see ya|good night|that s all|a (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|tchao|take care|talk (?:soon|later)|bon(?:ne)? (?:week end|weekend|we|vacances|fin de (?:semaine|journee))|have a (?:\w+ )?(?:week ?end|day|evening|one|holiday)|enjoy (?:your|the) (?:week ?end|evening|holidays?))\b"
    ),
    "who": re.compile(
        r"\b(?:(?:tu|vous) (?:es|etes) qui|qui (?:es tu|etes vous)|who are you|what are you|t es qui|are you (?:a )?(?:bot|robot|human)|es tu (?:un )?(?:robot|humain|bot))\b"
    ),
}
CHAT_FILLER: Final = re.compile(
    r"\b(?:a|tous|toutes|tout|le|la|les|l|monde|equipe|team|all|everyone|there|bot|robot|entente|et|and|you|vous|toi|for|pour|ton|votre|your|the|help|aide|beaucoup|bien|tres|very|so|much|lot|c est|est|is|it|that|s|me|moi|on|"
    r"fine|many|tomorrow|demain|doing|later|soon|today|aujourd hui|ca|va|oui|non|yes|no|mon|ami|my|friend|bonne|fin|de|journee|soiree|good|nice|day|d avance|avance|in|advance|des|reponse|answer|was|were|ce|sera|will|be|to|hope|are|well|everybody|matin|morning|mate|now|etait|appreciated|tu|es|encore|again|allez|bcp|lovely|week ?end|have|enjoy|rest|belle|evening|night|afternoon|i|we|re|t|un|une|fait|donc|alors|just|only|de rien|info|infos)\b"
)

# Properties that people ask for and that a record may well not hold. Where a question names one and the record has no such
# word, the record does not answer it, however near it is.
ASKING_NOUNS: Final = frozenset(
    "annee annees year years jour jours day days mois month months date dates heure time ville city town pays country lieu place endroit quelle "
    "question info infos information informations details detail topic sujet theme chose thing truc resume summary essentials essentiel".split()
)
"""Nouns that say what sort of answer is wanted rather than what about."""

PROPERTIES: Final[frozenset[str]] = frozenset(
    "ceo cfo pdg tribunal litige jurisdiction preside president presidente presidence presider chair chairs chairman chairwoman chaired chairing chairperson chairing dirige diriger directeur directrice director head "
    "headed heads boss chef responsable coordinateur coordinatrice coordinator contact contacts email mail courriel adresse address telephone phone "
    "numero conclusion conclusions recommandation recommandations recommendation recommendations laureat laureats laureate winner winners won gagne gagnants awardees minutes "
    "proces-verbal ordre agenda catering traiteur repas dinner lunch hotel salle room prix price cost couts cout salaire salary logo slides "
    "presentation video enregistrement recording inscription register registration tarif fee fees taux rate success selectionnes selected "
    "applicants members membres speakers orateurs intervenants keynote sponsor sponsors partenaires attendance"
    " adopte adopter adopted adoption approuve approved approval vote voted votee ratifie ratified"
    "  decide decided decidee decision decisions outcome outcomes verdict reaction reactions critique critiques traduis traduire translate reserve reserver book booked redige rediger ecris draft traducteur translation interpreter age nationalite nationality weather meteo".split()
)
OFTEN_IN_PASSING: Final = frozenset(
    "adresse address decide decided decidee decision decisions outcome outcomes heads".split()
)
"""Those of the properties that a question may say of something else in passing ("tools that help clinicians decide"): they speak
against a record, and do not rule it out."""
