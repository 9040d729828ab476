# ruff: noqa: E501 - one country a line
"""Countries by ISO 3166-1 code, and EU: their names in both languages and the words for their people.

A table and nothing else: the 249 codes of the standard, with the names that Unicode CLDR gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from knowledge.messages import Text


@dataclass(frozen=True, slots=True)
class Place:
    """A country: `labels` are its names, `words` the other ways of naming it or its people, by language."""

    code: str
    labels: Text
    words: Mapping[str, tuple[str, ...]]


# code | name in French | name in English | other French words | other English words
_TABLE: Final = """
EU|Union européenne|European Union|européen,européenne,européens,européennes,UE|European,Europeans,EU
AD|Andorre|Andorra
AE|Émirats arabes unis|United Arab Emirates|émirati,émiratie,émiratis,émirien,émirienne,Émirats,Abou Dhabi,Abu Dhabi|Emirati,Emiratis,UAE,Emirates,Abu Dhabi
AF|Afghanistan|Afghanistan
AG|Antigua-et-Barbuda|Antigua & Barbuda
AI|Anguilla|Anguilla
AL|Albanie|Albania
AM|Arménie|Armenia
AO|Angola|Angola
AQ|Antarctique|Antarctica
AR|Argentine|Argentina|argentin,argentine,argentins|Argentinian,Argentine
AS|Samoa américaines|American Samoa
AT|Autriche|Austria|autrichien,autrichienne,autrichiens|Austrian,Austrians
AU|Australie|Australia|australien,australienne,australiens,australiennes|Australian,Australians,Aussie
AW|Aruba|Aruba
AX|Îles Åland|Åland Islands
AZ|Azerbaïdjan|Azerbaijan
BA|Bosnie-Herzégovine|Bosnia & Herzegovina
BB|Barbade|Barbados
BD|Bangladesh|Bangladesh
BE|Belgique|Belgium|belge,belges|Belgian,Belgians
BF|Burkina Faso|Burkina Faso
BG|Bulgarie|Bulgaria|bulgare,bulgares|Bulgarian,Bulgarians
BH|Bahreïn|Bahrain
BI|Burundi|Burundi
BJ|Bénin|Benin
BL|Saint-Barthélemy|St. Barthélemy
BM|Bermudes|Bermuda
BN|Brunei|Brunei
BO|Bolivie|Bolivia
BQ|Pays-Bas caribéens|Caribbean Netherlands
BR|Brésil|Brazil|brésilien,brésilienne,brésiliens|Brazilian,Brazilians
BS|Bahamas|Bahamas
BT|Bhoutan|Bhutan
BV|Île Bouvet|Bouvet Island
BW|Botswana|Botswana
BY|Biélorussie|Belarus
BZ|Belize|Belize
CA|Canada|Canada|canadien,canadienne,canadiens,canadiennes,Québec,québécois,québécoise,québécoises|Canadian,Canadians,Quebec,Québec
CC|Îles Cocos|Cocos (Keeling) Islands
CD|Congo-Kinshasa|Congo - Kinshasa
CF|République centrafricaine|Central African Republic
CG|Congo-Brazzaville|Congo - Brazzaville
CH|Suisse|Switzerland|suisse,suisses,helvétique|Swiss
CI|Côte d'Ivoire|Côte d'Ivoire
CK|Îles Cook|Cook Islands
CL|Chili|Chile
CM|Cameroun|Cameroon
CN|Chine|China|chinois,chinoise,chinoises,sino|Chinese
CO|Colombie|Colombia
CR|Costa Rica|Costa Rica
CU|Cuba|Cuba
CV|Cap-Vert|Cape Verde
CW|Curaçao|Curaçao
CX|Île Christmas|Christmas Island
CY|Chypre|Cyprus|chypriote,chypriotes|Cypriot,Cypriots
CZ|Tchéquie|Czechia|tchèque,tchèques,République tchèque|Czech,Czechs,Czech Republic
DE|Allemagne|Germany|allemand,allemande,allemands,allemandes,franco-allemand|German,Germans
DJ|Djibouti|Djibouti
DK|Danemark|Denmark|danois,danoise,danoises,franco-danois|Danish,Dane,Danes
DM|Dominique|Dominica
DO|République dominicaine|Dominican Republic
DZ|Algérie|Algeria|algérien,algérienne,algériens|Algerian,Algerians
EC|Équateur|Ecuador
EE|Estonie|Estonia|estonien,estonienne,estoniens|Estonian,Estonians
EG|Égypte|Egypt|égyptien,égyptienne|Egyptian,Egyptians
EH|Sahara occidental|Western Sahara
ER|Érythrée|Eritrea
ES|Espagne|Spain|espagnol,espagnole,espagnols,espagnoles|Spanish,Spaniards
ET|Éthiopie|Ethiopia
FI|Finlande|Finland|finlandais,finlandaise,finlandaises,finnois|Finnish,Finns
FJ|Fidji|Fiji
FK|Îles Malouines|Falkland Islands
FM|Micronésie|Micronesia
FO|Îles Féroé|Faroe Islands
FR|France|France|français,française,françaises,franco|French,France's
GA|Gabon|Gabon
GB|Royaume-Uni|United Kingdom|britannique,britanniques,anglais,anglaise,anglaises,Angleterre,Grande-Bretagne,écossais,Écosse,gallois,franco-britannique|British,UK,U.K.,Britain,England,English,Scotland,Scottish,Wales,Welsh,Great Britain
GD|Grenade|Grenada
GE|Géorgie|Georgia
GF|Guyane française|French Guiana
GG|Guernesey|Guernsey
GH|Ghana|Ghana
GI|Gibraltar|Gibraltar
GL|Groenland|Greenland
GM|Gambie|Gambia
GN|Guinée|Guinea
GP|Guadeloupe|Guadeloupe
GQ|Guinée équatoriale|Equatorial Guinea
GR|Grèce|Greece|grec,grecque,grecs|Greek,Greeks
GS|Géorgie du Sud-et-les Îles Sandwich du Sud|South Georgia & South Sandwich Islands
GT|Guatemala|Guatemala
GU|Guam|Guam
GW|Guinée-Bissau|Guinea-Bissau
GY|Guyana|Guyana
HK|Hong Kong|Hong Kong|hongkongais
HM|Îles Heard-et-MacDonald|Heard & McDonald Islands
HN|Honduras|Honduras
HR|Croatie|Croatia|croate,croates|Croatian,Croats
HT|Haïti|Haiti
HU|Hongrie|Hungary|hongrois,hongroise|Hungarian,Hungarians
ID|Indonésie|Indonesia
IE|Irlande|Ireland|irlandais,irlandaise,irlandaises|Irish
IL|Israël|Israel|israélien,israélienne,israéliens|Israeli,Israelis
IM|Île de Man|Isle of Man
IN|Inde|India|indien,indienne,indiens|Indian,Indians
IO|Territoire britannique de l'océan Indien|British Indian Ocean Territory
IQ|Irak|Iraq
IR|Iran|Iran
IS|Islande|Iceland|islandais,islandaise|Icelandic,Icelanders
IT|Italie|Italy|italien,italienne,italiens,italiennes|Italian,Italians
JE|Jersey|Jersey
JM|Jamaïque|Jamaica
JO|Jordanie|Jordan
JP|Japon|Japan|japonais,japonaise,japonaises|Japanese
KE|Kenya|Kenya
KG|Kirghizstan|Kyrgyzstan
KH|Cambodge|Cambodia
KI|Kiribati|Kiribati
KM|Comores|Comoros
KN|Saint-Christophe-et-Niévès|St. Kitts & Nevis
KP|Corée du Nord|North Korea
KR|Corée du Sud|South Korea|coréen,coréenne,coréens,sud-coréen,Corée|Korean,Koreans,Korea
KW|Koweït|Kuwait
KY|Îles Caïmans|Cayman Islands
KZ|Kazakhstan|Kazakhstan
LA|Laos|Laos
LB|Liban|Lebanon|libanais,libanaise|Lebanese
LC|Sainte-Lucie|St. Lucia
LI|Liechtenstein|Liechtenstein
LK|Sri Lanka|Sri Lanka
LR|Liberia|Liberia
LS|Lesotho|Lesotho
LT|Lituanie|Lithuania|lituanien,lituanienne,lituaniens|Lithuanian,Lithuanians
LU|Luxembourg|Luxembourg|luxembourgeois,luxembourgeoise|Luxembourgish
LV|Lettonie|Latvia|letton,lettone,lettons|Latvian,Latvians
LY|Libye|Libya
MA|Maroc|Morocco|marocain,marocaine,marocains|Moroccan,Moroccans
MC|Monaco|Monaco
MD|Moldavie|Moldova
ME|Monténégro|Montenegro
MF|Saint-Martin|St. Martin
MG|Madagascar|Madagascar
MH|Îles Marshall|Marshall Islands
MK|Macédoine du Nord|North Macedonia
ML|Mali|Mali
MM|Myanmar (Birmanie)|Myanmar (Burma)
MN|Mongolie|Mongolia
MO|Macao|Macau
MP|Îles Mariannes du Nord|Northern Mariana Islands
MQ|Martinique|Martinique
MR|Mauritanie|Mauritania
MS|Montserrat|Montserrat
MT|Malte|Malta|maltais,maltaise|Maltese
MU|Maurice|Mauritius
MV|Maldives|Maldives
MW|Malawi|Malawi
MX|Mexique|Mexico|mexicain,mexicaine,mexicains|Mexican,Mexicans
MY|Malaisie|Malaysia
MZ|Mozambique|Mozambique
NA|Namibie|Namibia
NC|Nouvelle-Calédonie|New Caledonia
NE|Niger|Niger
NF|Île Norfolk|Norfolk Island
NG|Nigeria|Nigeria
NI|Nicaragua|Nicaragua
NL|Pays-Bas|Netherlands|néerlandais,néerlandaise,néerlandaises,hollandais,hollandaise,Hollande|Dutch,Netherlands,Holland
NO|Norvège|Norway|norvégien,norvégienne,norvégiens|Norwegian,Norwegians
NP|Népal|Nepal
NR|Nauru|Nauru
NU|Niue|Niue
NZ|Nouvelle-Zélande|New Zealand|néo-zélandais,néo-zélandaise|New Zealander
OM|Oman|Oman
PA|Panama|Panama
PE|Pérou|Peru
PF|Polynésie française|French Polynesia
PG|Papouasie-Nouvelle-Guinée|Papua New Guinea
PH|Philippines|Philippines
PK|Pakistan|Pakistan
PL|Pologne|Poland|polonais,polonaise,polonaises|Polish,Poles
PM|Saint-Pierre-et-Miquelon|St. Pierre & Miquelon
PN|Îles Pitcairn|Pitcairn Islands
PR|Porto Rico|Puerto Rico
PS|Territoires palestiniens|Palestinian Territories
PT|Portugal|Portugal|portugais,portugaise,portugaises|Portuguese
PW|Palaos|Palau
PY|Paraguay|Paraguay
QA|Qatar|Qatar|qatari,qatarie,qatariens|Qatari,Qataris
RE|Île de La Réunion|Réunion Island
RO|Roumanie|Romania|roumain,roumaine,roumains|Romanian,Romanians
RS|Serbie|Serbia
RU|Russie|Russia|russe,russes|Russian,Russians
RW|Rwanda|Rwanda
SA|Arabie saoudite|Saudi Arabia|saoudien,saoudienne,saoudiens|Saudi,Saudis
SB|Îles Salomon|Solomon Islands
SC|Seychelles|Seychelles
SD|Soudan|Sudan
SE|Suède|Sweden|suédois,suédoise,suédoises,franco-suédois|Swedish,Swede,Swedes
SG|Singapour|Singapore|singapourien,singapourienne,singapouriens|Singaporean,Singaporeans
SH|Sainte-Hélène|St. Helena
SI|Slovénie|Slovenia|slovène,slovènes|Slovenian,Slovene
SJ|Svalbard et Jan Mayen|Svalbard & Jan Mayen
SK|Slovaquie|Slovakia|slovaque,slovaques|Slovak,Slovaks
SL|Sierra Leone|Sierra Leone
SM|Saint-Marin|San Marino
SN|Sénégal|Senegal|sénégalais,sénégalaise|Senegalese
SO|Somalie|Somalia
SR|Suriname|Suriname
SS|Soudan du Sud|South Sudan
ST|Sao Tomé-et-Principe|São Tomé & Príncipe
SV|Salvador|El Salvador
SX|Saint-Martin (partie néerlandaise)|Sint Maarten
SY|Syrie|Syria
SZ|Eswatini|Eswatini
TC|Îles Turques-et-Caïques|Turks & Caicos Islands
TD|Tchad|Chad
TF|Terres australes françaises|French Southern Territories
TG|Togo|Togo
TH|Thaïlande|Thailand|thaïlandais,thaïlandaise,thaï|Thai,Thais
TJ|Tadjikistan|Tajikistan
TK|Tokelau|Tokelau
TL|Timor oriental|Timor-Leste
TM|Turkménistan|Turkmenistan
TN|Tunisie|Tunisia|tunisien,tunisienne,tunisiens|Tunisian,Tunisians
TO|Tonga|Tonga
TR|Turquie|Türkiye|turc,turque,turcs|Turkish,Turks,Turkey
TT|Trinité-et-Tobago|Trinidad & Tobago
TV|Tuvalu|Tuvalu
TW|Taïwan|Taiwan|taïwanais,taïwanaise|Taiwanese
TZ|Tanzanie|Tanzania
UA|Ukraine|Ukraine|ukrainien,ukrainienne,ukrainiens|Ukrainian,Ukrainians
UG|Ouganda|Uganda
UM|Îles mineures éloignées des États-Unis|U.S. Outlying Islands
US|États-Unis|United States|américain,américaine,américains,américaines,USA,étasunien|American,Americans,USA,U.S.
UY|Uruguay|Uruguay
UZ|Ouzbékistan|Uzbekistan
VA|État de la Cité du Vatican|Vatican City
VC|Saint-Vincent-et-les Grenadines|St. Vincent & Grenadines
VE|Venezuela|Venezuela
VG|Îles Vierges britanniques|British Virgin Islands
VI|Îles Vierges des États-Unis|U.S. Virgin Islands
VN|Viêt Nam|Vietnam|vietnamien,vietnamienne|Vietnamese
VU|Vanuatu|Vanuatu
WF|Wallis-et-Futuna|Wallis & Futuna
WS|Samoa|Samoa
YE|Yémen|Yemen
YT|Mayotte|Mayotte
ZA|Afrique du Sud|South Africa|sud-africain,sud-africaine|South African
ZM|Zambie|Zambia
ZW|Zimbabwe|Zimbabwe
"""


def _read(row: str) -> Place:
    code, french, english, *more = row.split("|")
    words = [tuple(cell.split(",")) for cell in more] + [(), ()]
    return Place(code, {"fr": french, "en": english}, {"fr": words[0], "en": words[1]})


PLACES: Final[Mapping[str, Place]] = {place.code: place for place in map(_read, _TABLE.split("\n")[1:-1])}
