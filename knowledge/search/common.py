"""Frequent words of French and English, written for this project: words that are right as they stand.

A word that is in neither the base nor these lists is probably mistyped; one of these lists is probably meant, so that
likening it to a word of the base counts for little. Forms of a word are found by its stem.

The lists below keep their accents, so that a spelling can be put right from them (`everyday`). Those of `common_fr.txt`
and `common_en.txt` are longer, folded and hold each form as it is used; they say what a word is, and of which language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from knowledge.search.inflection import english_forms, french_forms
from knowledge.search.text import fold, stems
from knowledge.search.wordlists import FUNCTION_WORDS_EN, FUNCTION_WORDS_FR, QUESTION_WORDS

_FRENCH: Final = """
abandonner accepter accident accompagner accord acheter acte action activité admettre adresse adulte affaire âge agir aide
aider aimer air ajouter aller allumer ami amour an ancien animal année annoncer appareil appartenir appeler apporter
apprendre approcher appuyer après arbre argent arme arrêter arriver art article assez assurer attaquer atteindre attendre
attention augmenter aujourd'hui auteur autour avance avancer avant avenir avis avocat baisser banc banque bas bataille bateau
bâtiment battre beau beaucoup besoin bête bien bientôt blanc bleu boire bois boîte bon bord bouche bras bruit brûler bureau but
cacher café campagne capable car carte cas casser cause centre certain cesser chacun chaîne chambre champ chance changement
changer chanter chaque charge chargé chat chaud chef chemin cher chercher cheval cheveu chien chiffre choisir choix chose ciel
circonstance classe clair client coeur coin colère combat commencer commerce commun compagnie comparer complet composer
comprendre compte compter concerner condition conduire confiance connaissance connaître conseil conserver considérer
construire contenir content continuer contraire contre convenir corps côté cou coucher couleur coup couper cour courir cours
court coûter couvrir craindre créer crier crise croire croix cuisine danger date débat debout début décembre décider
décision déclarer découvrir décrire défaut défendre dehors demain demande demander demeurer demi dent départ dépasser dépendre
depuis dernier derrière descendre désir désirer dessiner dessous dessus détail détruire dette devant développement devenir devoir
dieu différence différent difficile dimanche dire directeur direction diriger discours discuter disparaître disposer distance
distinguer divers docteur doigt dominer donner dormir doute doux droit durer eau échapper éclairer école économique écouter
écrire écrivain effet effort égal église élément élève élever éloigner embrasser emmener émotion empêcher emploi employer
emporter endroit énergie enfant enfin enfoncer ennemi énorme ensemble ensuite entendre entier entourer entraîner entrée
entreprendre entreprise entrer envie environ envoyer époque épouser erreur escalier espace espèce espérer espoir esprit essayer
essentiel est établir étage étape état été étendre étoile étonner étrange étranger étroit étude étudier événement éviter
exactement examiner exemple exiger existence exister expérience expliquer exposer exprimer extérieur face facile façon faible
faim falloir famille fatiguer faute faux faveur femme fenêtre fer fermer fête feu feuille février fidèle fier figure figurer fil
fille film fils fin finir fixer fleur fleuve fois fonction fond fonder force forcer forêt forme former fort foule frais franc
français frapper frère froid front fumer garçon garde garder gauche général genou genre gens geste glisser goût gouvernement
grâce grand gras gros groupe guerre habiter habitude haut herbe heure heureux hier histoire hiver homme honneur hôtel humain
idée ignorer île image imaginer immense importance important importer impossible impression indiquer individu information
inquiéter instant intelligence intérêt intérieur interroger inutile inviter jamais jambe janvier jardin jaune jeter jeu jeudi
jeune joie joindre jouer jour journal journée juge juger juillet juin jusque juste justice lâcher laisser lait langue large
larme léger lendemain lentement lettre lever lèvre liberté libre lien lier lieu ligne lire lit livre loi loin long
longtemps lorsque lourd lumière lundi lune lutte madame magasin mai main maintenant maintenir maison maître mal malade
maladie malgré malheur manger manière manquer marche marché marcher mardi mari mariage marquer mars matière matin mauvais
meilleur membre mémoire menacer mener mentir mer merci mercredi mère métier mettre midi milieu militaire ministre minute
moindre moins mois moitié moment monde monsieur montagne monter montrer morceau mort mot mourir mouvement moyen mur musique
naissance naître nation national nature naturel nécessaire neige nez noir nom nombre nommer nord nouveau novembre nuage nuit
nul objet obliger observer obtenir occasion occuper octobre odeur oeil oeuvre offrir oiseau ombre oncle opération opinion
opposer or ordinateur ordonner ordre oreille origine oser oublier ouest outil ouvert ouvrage ouvrir page pain paix palais papa
papier paraître parent pareil parfait parfois parler parole part partager parti participer particulier partie partir partout
parvenir pas passage passé passer passion patron pauvre payer pays paysan peau peine peindre pencher pendant pénétrer pensée
penser perdre permettre personnage personne perte petit peuple peur phrase pièce pied pierre place placer plaindre plaine
plaire plaisir plan plein pleurer plupart plusieurs plutôt poche poids point police politique pont population porte porter poser
position posséder possible possibilité poste pourtant poursuivre pousser pouvoir pratique précéder précis préférer premier
prendre préparer près présence présent présenter président presque presser prêt prétendre preuve prévoir prier prière
principal principe printemps prison prix problème prochain produire produit professeur profiter profond projet promener
promettre prononcer proposer propre propos protéger prouver public puissance qualité quart quartier question quitter raconter
raison ramener rapide rappeler rapport rapporter rare recevoir recherche reconnaître reculer refuser regard regarder région
règle regretter rejeter rejoindre relation relever religion remarquer remercier remettre remonter remplacer remplir rencontre
rencontrer rendre rentrer répandre repas répéter répondre réponse reposer reprendre représenter réserver résister résoudre
respect respirer ressembler reste rester résultat retard retenir retirer retomber retour retourner retrouver réunion réunir
réussir rêve réveiller révéler revenir révolution riche rien rire risquer rivière robe roi rôle rompre rose rouge rouler route
rue sable sac saint saisir saison salle samedi sang santé sauter sauver savoir science second secours secret séjour semaine
sembler sens sentiment sentir séparer septembre sérieux serrer service servir seul seulement siècle siège signe
signifier silence simple simplement situation situer social société soeur soi soin soir soldat soleil solution sombre somme
sommet son songer sorte sortir souffrir souhaiter soulever source sourire souvenir souvent spectacle sud suffire suite suivant
suivre sujet supérieur supposer sûr surprendre surtout surveiller système table tâche taille taire tandis tant tantôt tard
téléphone tellement temps tendre tenir tenter terme terminer terrain terre tête théâtre tirer titre tomber ton toucher
toujours tour tourner traduire train traiter tranquille transformer travail travailler traverser triste tromper trop trou
trouver tuer type univers user usage utile utiliser valeur valoir vendre vendredi venir vent ventre vérité verre vers vert
victime vide vie vieux village ville vin violence visage visite vite vivre voie voir voisin voiture voix vol voler volonté
vouloir voyage voyager vrai vue week-end bonjour salut svp stp merci est-ce possible besoin concernant
"""
_ENGLISH: Final = """
ability able accept accident account across act action activity actually add address adult afraid after again against age ago
agree ahead air allow almost alone along already always amount ancient angry animal another answer anyone anything appear apple
apply area arm army around arrive art article ask attack attention aunt avoid away baby back bad bag ball bank base
basic bath beach bear beautiful become bed before began begin behind believe bell below best better between beyond big
bill bird birth bit black blood blow blue board boat body bone book born borrow both bottom box boy brain branch brave bread
break breakfast bridge bright bring broken brother brown build building burn bus business busy buy cake call camera camp card
care careful carry case cat catch cause center century certain chair chance change cheap check child children choice choose
church circle city class clean clear clever climb clock close clothes cloud coat coffee cold collect college colour color come
common company compare complete computer condition consider contain continue control cook cool copy corner correct cost count
country couple course court cover create cross crowd cry cup current cut daily damage dance danger dark date daughter day dead
deal dear death decide decision deep degree depend describe desire detail develop die difference different difficult dinner
direct direction dirty discover discuss disease dish distance divide doctor dog dollar door doubt down draw dream dress drink
drive drop dry during dust duty ear early earn earth east easy eat edge education effect effort egg either else
empty end enemy energy engine enjoy enough enter entire equal escape especially even evening event ever every everyone
everything exact example excellent except excuse exercise exist expect expensive experience explain express eye face fact fail
fair fall family famous far farm fast fat father fault favor favourite fear feel feeling feet few field fight figure fill
film final finally find fine finger finish fire fish fit fix flat floor flower fly follow food fool foot force foreign forest
forget forgive form forward free fresh friend front fruit full fun funny further future game garden gas gather general
gentle girl glad glass goal gold good goodbye government grass gray great green grew ground group grow guess guest guide gun
hair half hand handle hang happen happy hard hat hate head health hear heart heat heavy height hello help hide high hill
history hit hold hole holiday home honest hope horse hospital hot hotel hour house however huge human hundred hungry hurry
hurt husband ice idea imagine important impossible improve include increase indeed information inside instead interest
invite island issue job join joke journey judge jump keep key kill kind king kitchen knee knife knock know knowledge lady lake
land language large last late later laugh law lay lead learn least leave left leg length less lesson letter level lie
life lift light line lip list listen little live long look lose loss lost lot loud love low luck lunch machine main
make man manage many map mark market marry matter maybe mean measure meat meet meeting member memory mention message method
middle mile milk million mind minute mirror miss mistake modern moment money month moon morning mother mountain
mouth move movie much music myself name narrow nation nature near nearly necessary neck need neighbor never new news next nice
night nobody noise none north nose note nothing notice number object ocean offer office officer often oil old once open
opinion opportunity order original otherwise outside paint pair paper parent park part particular partner party pass past path
patient pay peace pen people perfect perhaps period permit person phone photo pick picture piece place plan plane plant play
please pleasure pocket point police polite pool poor popular possible post pound power practice prefer prepare present
president press pretty prevent price print prison prize probably problem produce program progress promise proper protect prove
provide public pull pupil purpose push put quality quarter queen question quick quiet quite race radio rain raise rather reach
read ready real really reason receive recent record red refuse regular relate remain remember remove repair repeat reply
report request require respect rest result return rich ride right ring rise risk river road rock roll room round rule run
safe salt same sand save say scene school science score sea search season seat second secret see seem sell send sense sentence
separate serious serve service set settle seven several shake shape share sharp shine ship shirt shoe shoot shop short
shoulder shout show shut sick side sight sign silence silly similar simple since sing single sister sit situation size skill
skin skirt sky sleep slip slow small smell smile smoke smooth snow social society soft soil soldier solution solve somebody
someone something sometimes somewhere son song soon sorry sort sound south space speak special speed spell spend spirit sport
spread spring square staff stage stair stand star start state station stay steal step stick still stomach stone stop store
storm story straight strange stream street strength strong student study stupid style subject success sudden suffer sugar
suggest suit summer sun supply support suppose sure surface surprise sweet swim system table take talk tall taste tax
teach teacher team tear tell temperature terrible test thank thanks thick thin thing think thought thousand through throw thus
ticket tie time tired today together tomorrow tonight tool top total touch toward town trade train training travel treat
tree trip trouble true trust truth try turn twice type uncle understand university unless until use useful usual vacation
valley value variety various vegetable view village visit voice wait wake walk wall want war warm warn wash waste watch water
way weak wear weather week weight welcome well west wet wheel whether while white whole wide wife wild wild win wind window wine
winter wish without woman wonder wood word work world worry worse worth write wrong yard year yellow yes yesterday yet young
hi hey going want wanna need know tell show let
"""


_IRREGULAR_FR: Final = """
suis es est sommes êtes sont étais était étions étiez étaient serai seras sera serons serez seront serais serait seraient sois
soit soyez soient été étant fus fut furent ai as a avons avez ont avais avait avions aviez avaient aurai auras aura aurons aurez
auront aurais aurait auraient aie aies ait ayez aient eu eus eut eurent ayant vais vas va vont allons allez irai iras ira irons
irez iront irais irait aille fais fait faisons faites font faisais faisait faisaient ferai feras fera ferons ferez feront ferais
ferait fasse fassent fit firent faisant peux peut pouvons pouvez peuvent pouvais pouvait pouvaient pourrai pourra pourrons
pourrez pourront pourrais pourrait pourraient puisse puissent pu put veux veut voulons voulez veulent voulais voulait voulaient
voudrai voudra voudrez voudrais voudrait veuille veuillez voulu dois doit devons devez doivent devais devait devaient devrai
devra devrez devront devrais devrait devraient dû due dus sais sait savons savez savent savais savait savaient saurai saura
saurais saurait sache sachent su viens vient venons venez viennent venais venait viendrai viendra viendrez viendront viendrais
viendrait vienne venu venue venus vint tiens tient tenons tenez tiennent tenait tiendra tenu prends prend prenons prenez
prennent prenais prenait prendrai prendra prendrez prendront prendrais prendrait prenne pris prise prises prit apprends apprend
appris comprends comprend comprenez compris surpris entrepris mets met mettons mettez mettent mettait mettrai mettra mette mis
mise permet permis promis dis dit disons dites disent disais disait dirai dira diras dirais dirait dise dites-moi vois voit
voyons voyez voient voyais voyait verrai verra verras verrez verrais verrait voie vu vue vus crois croit croyons croyez
croient croyais croyait cru lis lit lisons lisez lisent lisait lu lue écris écrit écrivez écrivent écrivait bois boit buvez
boivent buvait bu connais connaît connaissez connaissent connaissait connu connue reçois reçoit reçu reçue faut fallait faudra
faudrait fallu vaut valait vaudrait valu pars part partons partez partent partait partira parti partie partis sors sort sortez
sortent sortait sorti dors dort dormez dorment dormait dormi sens sent sentez sentent sentait senti ouvre ouvrez ouvert offert
souffre souffert suit suivi suivent vis vit vivons vivez vivent vivait vécu meurt mort morte mourut né née naquit conduit
construit produit traduit détruit attends attend attendez attendait attendu entends entend entendu rends rend rendu perds perd
perdu réponds répond répondu vends vend vendu descendu plaît plu plaisait rit riait ri court couru cours pleut pleuvait assis
asseyez chose choses yeux vieille vieilles vieil belle belles bel beaux nouvelle nouvelles nouvel nouveaux toutes folle grosse
heureuse dernière première meilleure blanche fraîche longue sèche douce fausse active gentille bonne ancienne chère entière
"""
_IRREGULAR_EN: Final = """
is am are was were been being has had does did done doing goes went gone going said says saw seen took taken taking came coming
made making knew known thought got gotten getting gave given giving found told left felt kept began begun brought bought wrote
written sat stood lost paid met ran running put led understood spoke spoken read rose risen sent built fell fallen held heard
let meant set spent grew grown won wore worn broke broken chose chosen drove driven ate eaten drank drunk flew flown forgot
forgotten rode sang slept sold taught threw thrown woke men women children people feet teeth better best worse worst
"""


@lru_cache(maxsize=3)
def everyday(language: str | None = None) -> Mapping[str, str]:
    """Frequent words of a language (of both without one) with their forms: folded spelling to spelling with accents."""
    forms: list[str] = []
    if language != "en":
        forms += [form for word in _FRENCH.split() for form in french_forms(word)]
        forms += [*_IRREGULAR_FR.split(), *sorted(FUNCTION_WORDS_FR)]
    if language != "fr":
        forms += [form for word in _ENGLISH.split() for form in english_forms(word)]
        forms += [*_IRREGULAR_EN.split(), *sorted(FUNCTION_WORDS_EN)]
    result: dict[str, str] = {}
    for form in [*forms, *sorted(QUESTION_WORDS)]:
        result.setdefault(fold(form), form)
    return result


@lru_cache(maxsize=1)
def _keys() -> frozenset[str]:
    return frozenset(key for word in (_FRENCH + _ENGLISH).split() for key in stems(word)) | everyday().keys()


@lru_cache(maxsize=1)
def common_fr() -> frozenset[str]:
    """The everyday words of French, folded, each form as it stands. Read from their file at the first call."""
    return _read("common_fr.txt")


@lru_cache(maxsize=1)
def common_en() -> frozenset[str]:
    """The everyday words of English, folded, each form as it stands. Read from their file at the first call."""
    return _read("common_en.txt")


def _read(name: str) -> frozenset[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=16384)
def is_common(word: str) -> bool:
    """Whether a folded word is a frequent French or English word or a form of one."""
    if word in common_fr() or word in common_en() or word in _keys():
        return True
    return any(key in _keys() for key in stems(word))


def language_of_words(words: Sequence[str]) -> str | None:
    """ "fr" or "en" when strictly more of the folded words are everyday words of that language only; else None."""
    french, english = common_fr(), common_en()
    only_french = sum(word in french and word not in english for word in words)
    only_english = sum(word in english and word not in french for word in words)
    if only_french == only_english:
        return None
    return "fr" if only_french > only_english else "en"
