"""Everyday French words and what they are in English, written for this project: a bridge when no encoder is there.

Words that look alike in both languages are left out, for their looks are enough. The glossary of a base goes before.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from knowledge.search.text import fold, stems

_PAIRS: Final = """
abandonner abandon,give|accord agreement|accueil reception|acheter buy,purchase|aider help|aide help,support|aimer love,like
aller go|allemand german|Allemagne germany|ami friend|amour love|an year|année year|anglais english|Angleterre england
appel call|appeler call|apporter bring|apprendre learn|après after|après-midi afternoon|argent money|arbre tree|arrêter stop
arriver arrive,come|assez enough|atelier workshop|attendre wait|attention care|aujourd'hui today|aussi also,too|auteur author
autre other|autoriser allow|avant before|avenir future|avion plane|avocat lawyer|avoir have|balle ball|bas low|bateau boat,ship
bâtir build|beau beautiful,nice|beaucoup much,many,lot|bébé baby|besoin need|bête stupid|beurre butter|bien well,good
bientôt soon|bière beer|billet ticket|blanc white|blesser hurt,injure|bleu blue|boire drink|bois wood|boîte box|bon good
bonheur happiness|bonjour hello|bouche mouth|boulot job|bras arm|bruit noise|brûler burn|bureau office,desk|but goal
cacher hide|cadeau gift,present|café coffee|calendrier schedule,calendar|campagne country|casser break|célibataire single
chaise chair|chaleur heat|chambre room,bedroom|champ field|chance luck|changer change|chanson song|chanter sing|chapeau hat
chat cat|chaud hot,warm|chaussure shoe|chef boss,head|chemin way,path|chemise shirt|cher expensive,dear|chercher search,look
chercheur researcher|cheval horse|cheveu hair|chien dog|chiffre figure|choisir choose|choix choice|chose thing|ciel sky
clé key|coeur heart|combien much,many|commencer begin,start|comprendre understand|compte account|conduire drive|congé leave
connaître know|conseil advice,council|construire build|content happy,glad|contre against|corps body|côté side|coucher sleep,bed
couleur color|courir run|cours course,class|court short|couteau knife|coût cost|coûter cost|couvrir cover|croire believe,think
cuisine kitchen|cuire cook|danser dance|début beginning,start|décès death|décider decide|déchet waste|découvrir discover
défi challenge|dehors outside|déjà already|déjeuner lunch|délai deadline,time|demain tomorrow|demande request,application
demander ask|déménager move|dent tooth|dépenser spend|dépistage screening|dernier last|derrière behind|descendre down
détester hate|dette debt|devant front|devenir become|devoir must,duty|dîner dinner|dire say,tell|domaine field|dommage pity
données data|donner give|dormir sleep|doute doubt|doux sweet,soft|droit right,law|drôle funny|dur hard|durée duration
eau water|échouer fail|école school|écouter listen|écran screen|écrire write|égal equal|égalité equality|église church
élève pupil,student|embaucher hire|employeur employer|emploi job,employment|emprunter borrow|encore still,again|endroit place
enfant child|ennemi enemy|ennuyeux boring|enquête survey,investigation|enseignant teacher|enseigner teach|ensemble together
entendre hear|entre between|entreprise company,business|entrer enter|envie want|environ about|envoyer send|équipe team
erreur mistake,error|espérer hope|espoir hope|essai trial,test|essayer try|étage floor|état state|été summer|éteindre extinguish
étoile star|étranger foreign,foreigner|étude study|étudiant student|étudier study|évaluer assess|éviter avoid|expliquer explain
façade front|facile easy|façon way|faible weak|faim hunger,hungry|faire do,make|falloir must,need|famille family|fatigué tired
faute fault|faux false,wrong|femme woman,wife|fenêtre window|fermer close|fête party|feu fire|feuille leaf,sheet|fille girl,daughter
fils son|fin end|finir finish,end|fleur flower|fois time|fort strong|fou crazy,mad|fournir provide|frais fresh,cost|frère brother
froid cold|fruit fruit|fumer smoke|gagner win,earn|garçon boy|garder keep|gare station|gâteau cake|gauche left|genou knee
gens people|gentil kind,nice|glace ice|goutte drop|goût taste|grand big,tall,large|gratuit free|grave serious|gros big,fat
grossesse pregnancy|guérir heal,cure|guerre war|habiter live|haut high|hébergement hosting|heure hour,time|heureux happy
hier yesterday|histoire story,history|hiver winter|homme man|honte shame|horloge clock|huile oil|ici here|idée idea
impôt tax|inconnu unknown|infirmier nurse|inquiet worried|intelligent smart,clever|jamais never|jambe leg|jardin garden
jaune yellow|jeter throw|jeu game|jeudi thursday|jeune young|jeunesse youth|joie joy|joli pretty|jouer play|jour day
journal newspaper|journée day|jupe skirt|jusque until|juste fair,right|laisser let,leave|lait milk|langue language,tongue
laver wash|lendemain next|lent slow|lettre letter|lever raise|libre free|lieu place|lire read|lit bed|livre book
logement housing|logiciel software|loi law|loin far|long long|longtemps long|lourd heavy|lumière light|lundi monday|lune moon
lunettes glasses|lutter fight|magasin shop,store|main hand|maintenant now|mairie town|maison house,home|mal bad,pain
malade sick,ill|maladie disease,illness|manger eat|manquer miss,lack|manteau coat|marché market|marcher walk,work|mardi tuesday
mari husband|mariage marriage,wedding|marier marry|matin morning|mauvais bad|médecin doctor|médicament drug,medicine
meilleur best,better|même same|mensonge lie|mentir lie|mer sea|merci thank,thanks|mercredi wednesday|mère mother|météo weather
métier job,trade|mettre put|midi noon|mieux better|milieu middle|moins less|mois month|moitié half|monde world|montagne mountain
monter climb|montre watch|montrer show|morceau piece|mordre bite|mort dead,death|mot word|mourir die|moyen mean,means
mur wall|naissance birth|naître born|neige snow|nettoyer clean|nez nose|noir black|nom name|nombre number|nord north
nourriture food|nouveau new|nouvelle news|nuage cloud|nuit night|obtenir get,obtain|oeil eye|oeuf egg|oiseau bird|oncle uncle
ordinateur computer|oreille ear|oublier forget|ouest west|outil tool|ouvrir open|ouvert open|pain bread|paix peace|panne breakdown
papier paper|parapluie umbrella|pareil same|paresseux lazy|parfois sometimes|parler speak,talk|partager share|partenaire partner
partir leave,go|partout everywhere|pauvre poor|pauvreté poverty|payer pay|pays country|peau skin|pêche fishing|peindre paint
pendant during|penser think|perdre lose|père father|permettre allow|personne person,nobody|petit small,little|peur fear,afraid
peut-être maybe,perhaps|pièce room,piece|pied foot|pierre stone|piscine pool|plage beach|plaindre complain|plaire please
plaisanterie joke|plein full|pleurer cry|pleuvoir rain|pluie rain|plupart most|plusieurs several|poids weight|poisson fish
poivre pepper|pomme apple|pont bridge|porte door|porter wear,carry|poser ask|pourquoi why|pousser push|pouvoir can,power
premier first|prendre take|près near|presque almost|prêt ready,loan|prêter lend|prévenir warn|prévoir plan|printemps spring
prix price,prize|prochain next|professeur teacher|propre clean,own|puissance power|quand when|quelque some|quitter leave
raconter tell|raison reason,right|rapide fast,quick|rapport report|recevoir receive|recherche research|réduire reduce
refuser refuse|regarder look,watch|règle rule|règlement regulation|rembourser refund|remercier thank|rencontrer meet
rendez-vous appointment|rendre return|rentrer return,home|repas meal|répondre answer|réponse answer,response|repos rest
réseau network|rester stay,remain|résultat result|retard late,delay|retour return|retraite retirement|réunion meeting
réussir succeed|rêve dream|réveiller wake|revenir back,return|riche rich|rien nothing|rire laugh|robe dress|roi king
roman novel|rouge red|rue street|sale dirty|sang blood|santé health|sauf except|sauver save|savoir know|séance session
seconde second|secours help|sécurité safety,security|sel salt|semaine week|sembler seem|sens sense,meaning|sentir feel,smell
serveur waiter,server|seul alone,only|seulement only|siècle century|société company,society|soeur sister|soif thirsty,thirst
soigner treat|soin care|soir evening,tonight|soleil sun|sommeil sleep|sortir leave,out|souci worry|soudain suddenly
souffrir suffer|souhaiter wish|sourire smile|souris mouse|souvenir memory,remember|souvent often|subvention grant|sucre sugar
sud south|suivre follow|sûr sure,safe|taille size|taire silent|tante aunt|tard late|tasse cup|taux rate|télé tv,television
temps time,weather|tenir hold|terre earth,land|tête head|thé tea|tirer pull,shoot|tomber fall|tôt early|toucher touch
toujours always,still|tourner turn|tousser cough|toux cough|traduire translate|travail work|travailler work|traverser cross
très very|triste sad|tromper wrong,mistake|trop too|trou hole|trouver find|tuer kill|usine factory|vache cow|vaincre defeat
valise suitcase|vélo bike,bicycle|vendre sell|vendredi friday|venir come|vent wind|ventre stomach|vérifier check
vérité truth|verre glass|vert green|veste jacket|vêtement clothes|viande meat|vide empty|vie life|vieux old|ville city,town
vin wine|vite fast,quickly|vivre live|voir see|voisin neighbor|voiture car|voix voice|vol flight,theft|voler steal,fly
vouloir want|voyage trip,travel|voyager travel|vrai true|vraiment really|yeux eyes
"""


@lru_cache(maxsize=1)
def _both_ways() -> Mapping[str, tuple[str, ...]]:
    result: dict[str, dict[str, None]] = {}
    for pair in _PAIRS.replace("\n", "|").strip("|").split("|"):
        french, _, english = pair.strip().partition(" ")
        for other in filter(None, english.split(",")):
            for one, meant in ((french, other), (other, french)):
                for key in stems(one):
                    result.setdefault(key, {})[fold(meant)] = None
    return {key: tuple(meant) for key, meant in result.items()}


def translations(word: str) -> tuple[str, ...]:
    """What an everyday word is in the other language, folded; () for all others."""
    pairs = _both_ways()
    found = [meant for key in stems(word) if key in pairs for meant in pairs[key]]
    return tuple(dict.fromkeys(found)) if found else ()
