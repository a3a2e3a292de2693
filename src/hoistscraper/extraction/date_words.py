"""The words around dates, in several languages, by which sentences tell what a date is; for folded text."""

import re

# Words by which a sentence (not a label) tells that its date is not the one for applying.
GUARDED = re.compile(
    r"question|clarification|enquir|inquir|opening of (?:bid|tender|propos)|bid opening|bids? (?:will"
    r"|shall) be opened|letters? of intent|\bloi\b|expressions? of interest|pre-?bid|pre-?propos"
    r"|site visit|webinar|info(?:rmation)? session|announce|notif(?:y|ied|ication)|winner|interview"
    r"|published on|posted|project (?:start|end|must|will|period)|commence|completed by|start(?:s"
    r"|ing)? (?:date|on)|last updated|nominations?\b|nominees?\b|reference letter|recommendation|report"
    r"|born|graduat|register|registration|workshop|since|fragen|offnung|besichtigung|zuschlag"
    r"|veroffentlich|ouverture des|resultat|annonce|visite|publie|apertura de|resultado|resolucion"
    r"|publicad|visita|apertura delle|graduatoria|colloquio|pubblicat|decreto|deadline (?:was"
    r"|has been) (?:extended )?from|originally|previous(?:ly)?|concept note|enrol|held on|takes? place"
    r"|remain valid|validity|payment|\bclaims?\b|invoice|acquittal|appeal|survey|\bbudget"
    r"|be (?:informed|contacted|completed|finished|spent|implemented)|hear (?:from|by|before|no)"
    r"|must start|paiement|valables?\b|laureats?\b|depenses|informes|realises|achev|bindefrist"
    r"|zuschlagsfrist|verwendungsnachweis|abgeschlossen|ausgaben|bewerber werden|justificacion"
    r"|nacid[oa]s|ejecu[tc]|gastos|rendicont|\bspese\b|conclu[dis]|nati (?:dopo|prima)|despesas|divulga"
    r"|afgerond|uitslag|zrealizowa|wynik|rozlicz|dokonc|vysled|(?:bids?|tenders?|offers?|quotations?"
    r"|quotes?|proposals?|prices?)(?: \w+){0,3} valid|\bobtained\b|\bcollected\b|\bpurchased?\b"
    r"|\bdownloaded\b|\binspected\b|(?:deposits?|fees?|tuition|rent|dues)\b[^,;]{0,20} (?:due|paid)"
    r"|(?:final|annual) accounts|\bamendments?\b|\bcomplaints?\b|\bobjections?\b|\bvot(?:e|es|ing)\b"
    r"|\bdated\b|\bsee\b|\bsiehe\b|\bvoir\b|\bvedi\b|\bnone\b|programme? (?:ends|runs)|abgehalten"
    r"|stattfinden|taken? place|award(?:s|ed)? (?:will|on|in)|decision|selected|until further"
    r"|commission (?:n\W|du \d|d.attribution|permanente)|\bjury (?:du|le|am|on)\b|\bdudas\b|su invito"
    r"|op uitnodiging|na zaproszenie|por convite|por invitacion|sur invitation|auf einladung"
    r"|geselecteerde|preselect|preselecc|forderung endet|earlier version|\bin error\b"
    r"|original (?:deadline|closing date) was|\bdrafts? (?:applications?\b|proposals?\b|(?:must|should"
    r"|shall|will|can|may|are|have)\b)|\bcomments? (?:on\b|(?:must|should|shall|will|can|may|are"
    r"|have)\b)|for comments?\b|transcripts? (?:must|should|shall|will|can|may|are|have)\b"
    r"|requests? for (?:access|alternative|clarif|inform|document|assist|reasonable)|eligibility check"
    r"|\b(?:advise|recommend|suggest)|shortlisted|\binvited (?:applicants|candidates|teams|projects)"
    r"|\b(?:successful (?:applicants?|candidates?|bidders?)|awardees?|grantees?|finalists?) (?:must"
    r"|should|shall|will|can|may|are|have)\b|\babstracts?\b|\bbought\b|\bsold\b|on sale"
    r"|documents? (?:\w+ ){0,3}(?:available|issued)|addend(?:um|a)\b|corrigend"
    r"|(?<!new and )(?<!new or )\brenewals?\b|\bheld (?:on|between|from|during|by)\b|rsvp"
    r"|early[ -]?bird|\bq ?& ?a\b|(?<!their )(?<!your )(?<!the )last year\b(?! of)|(?:last|previous"
    r"|past|earlier) (?:round|call|edition|cycle)|vorjahr|letzten? (?:jahr|runde)"
    r"|l'an(?:nee)? (?:dernier|derniere|passee?)|derniere edition|ano (?:pasado|anterior|passado)"
    r"|anno scorso|scorsa edizione|vorig jaar|zeszlym roku|\bloni\b|minuly rok|quesit|chiariment"
    r"|sopralluog|\bdotaz|\bpytania|\bvragen\b|duvidas|esclareciment|aclaracion"
    r"|demandes? de renseignement|(?:fellowship|residenc(?:y|e)|scholarship|studentship|placement"
    r"|course|exhibition|festival|conference|award period|contract|event|performance|internship"
    r"|training|school)s?(?: \w+){0,2} (?:runs?|lasts?|starts?|begins?|ends?)\b"
)
# What stands at the end of a sentence: "... müssen Sie sich bis zum 10. Februar im Portal registrieren".
OF_REGISTERING = re.compile(r"\bregistr(?:ier|ar|er|eren|ovat)|\banmelden\b")
# "for example 31 March": no date of the call.
EXAMPLE = re.compile(
    r"\b(?:for example|for instance|e\.? ?g\b\.?|such as|zum beispiel|z\. ?b\.|beispielsweise"
    r"|par exemple|titre d'exemple|p\. ?ex\.|por ejemplo|p\. ?ej\.|ad esempio|per esempio|por exemplo"
    r"|bijvoorbeeld|bijv\.|na przyklad|\bnp\.|naprikl?lad|napr\.)[^.;]{0,60}$"
)
# "If you began before 1 December 2025, ...": of some applicants only.
OF_SOME_WHO = re.compile(
    r"^\W*see also\b|^\W*(?:if|where) (?:you|your|an applicant|applicants"
    r"|the applicant)\b[^,;]{0,40}\b(?:started|began|already|previous(?:ly)?|received|were|had|held"
    r"|submitted|applied)\b"
)
# "Deadline: to be confirmed": a date beside that is another one.
UNDATED = re.compile(
    r"\W*(?:none|n ?/ ?a|not applicable|var(?:y|ies|iable|ious)|t\.?b\.?[acd]\b|to be (?:announced"
    r"|confirmed|determined|advised|decided)|rolling|on-?going|continuous(?:ly)?|no (?:fixed |set "
    r"|specific )?(?:deadline|closing date)|year-?\s?round|all year|at any time|any ?time|open all year"
    r"|wird noch|noch offen|fortlaufend|laufend|jederzeit|keine?\b|a definir|por (?:definir|confirmar"
    r"|determinar)|da definire|nog niet|doorlopend|a preciser|en continu|au fil de l'eau|sans date"
    r"|permanente?s?\b|continua?\b|w trybie ciaglym|nabor ciagly|prubezne)"
)
# "comenzará el 1 de diciembre y finalizará el 15 de enero": the two ends of the time for applying.
BEGINS = re.compile(
    r"\b(?:comenzara|comienza|empieza|(?:se )?inicia(?:ra|n)?|tem inicio|comecam?|debute(?:nt|ra)?"
    r"|commence(?:nt|ra|s)?|begins?|starts?|beginnt|startet|begint|inizia(?:no)?|rozpoczyna(?: sie)?"
    r"|zacina|ouvrira|ouvre|ruszy|rusza|bude otevren\w*|(?:se )?abr(?:e|ira)|opent|apre|aprira|offnet"
    r"|bude zahajen\w*)(?: (?:el|em|no|le|on|am|op|il|dia|dnia|dne|the|from|at|a|as|as|las|da|dalle"
    r"|alle|ore|um|om|w|v|ve|a partir|del?|do|di))*\W{0,3}$"
)
ENDS = re.compile(
    r"(?: r\.| roku)?[\s,;]*(?:y|e|et|and|und|en|i|a)? ?(?:(?:se|sie|will|si|wird) )?(?:finalizara"
    r"|finaliza|terminara|termina(?:no)?|concluye|concluira|encerram?|se terminent?|se termine"
    r"|prend fin|prendra fin|cloture|ends?|finish(?:es)?|closes?|endet|eindigt|sluit|konczy(?: sie)?"
    r"|konci|scade|chiude)(?: (?:el|em|no|le|on|am|op|il|dia|dnia|dne|the|at|a|as|las|alle|ore|um|om|w"
    r"|v|ve|o|godz|del?|do|di|horas|uur|uhr))*\W{0,3}"
)
FROM = re.compile(
    r"\b(?:between|from|du|entre(?: le| el| o)?|vom|von|ab(?: dem)?|zwischen|del|desde(?: el)?"
    r"|dalle(?: ore)?|dal|tra il|de|van|"
    r"od)(?: the)? {0,2}$"
)
# Words that begin a time and nothing else: "ab 1. November, bis die Mittel ausgeschöpft sind".
ONLY_FROM = re.compile(
    r"\b(?:from|as of|starting(?: on)?|ab(?: dem)?|vom|desde(?: el)?|a partir d(?:el?|u|o)|a compter du"
    r"|dal|a decorrere dal"
    r"|vanaf|od(?: dnia)?)(?: the)? {0,2}$"
)
TO = re.compile(
    r"(?: r\.| roku)?[\s,]{0,3}(?:-|to|until|till|and|through|au|jusqu'(?:au|a)|et le|bis(?: zum)?|und|al|y|"
    r"hasta(?: el| las)?|fino (?:al?|alle)(?: ore)?|"
    r"ao?|e(?: il)?|tot(?: en met)?|do)(?: the| le| el)?[\s,]{0,3}"
)
# "The deadline has been extended to".
MOVED = re.compile(
    r"\b(?:deadline|closing date|frist|\w+frist|einsendeschluss|bewerbungsschluss|delai|date limite|plazo"
    r"|fecha limite|termine|scadenza|prazo|termin|lhuta)\b[^,:;]{0,30}"
    r"\b(?:extended|postponed|moved|verlangert|verschoben|prolong\w*|report\w*|prorog\w*|ampli\w*|prorrog\w*"
    r"|adiad\w*|verlengd|uitgesteld|przedluz\w*|prodlouz\w*)"
    r" (?:to|until|till|bis(?: zum)?|auf(?: den)?|au|jusqu'au|al|fino al|hasta(?: el)?|para|ate|tot|naar|do"
    r"|na)"
    r"(?: the| le| el)?\W{0,2}$"
)
# Words of applying, or of being open, before a period ("open from the 1st to the 9th").
OF_PERIOD = re.compile(
    r"appl[iy]|submi|proposal|accept|\bopen|candidat|depot|depos|bewerb|einreich|antrag|solicitud|postula|inscri|domand"
    r"|inschrij|aanvra|nabor|prijem|plazo|ouvert|wnios|sklad|zglosz|podani|podava|zadost|prihlas|nabidk|angebot|offr"
)
EXTENDED = re.compile(
    r"\b(?:extended|postponed|moved|changed|prorog\w*|prolong\w*|verlangert|verschoben|ampliad\w*|verlengd)\b"
    r"[^.;:]{0,50}\b(?:from|du|de|del|dal|vom|von|van)(?: the)? {0,2}$"
)
# "3 May 2027 (extended to 3 June 2027)", "... has been postponed until ...".
REPLACED_BY = re.compile(
    r"[\s,;:.()\[\]–-]*(?:(?:the|deadline|date|this|it|but|and|then|has|have|been|was|were|is|now|ha|sido|se|fue"
    r"|a|ete|est|wurde|wird|ist|nun|jetzt|e|stat[ao]|foi|is|nu|zostal) )*"
    r"(?:extended|postponed|prolonged|moved|changed|prorog\w*|prolong\w*|report\w*|verlangert|verschoben|ampliad\w*"
    r"|aplazad\w*|posticipat\w*|prorrogad\w*|adiad\w*|verlengd|uitgesteld|przedluzon\w*|przesuniet\w*"
    r"|prodlouzen\w*)"
    r"(?: the deadline)? (?:to|until|till|up to|jusqu ?.?(?:au?)?|au|bis(?: zum)?|auf(?: den)?|al"
    r"|hasta(?: el)?|ao?|ate|para|fino al?|tot(?: en met)?|naar|do|na)(?: the| le| el| den)?[\s,:]*"
    r"|[\s,;:.()«»\"']*(?:debe decir|deve ler-se|leia-se|should read|(?:il faut )?lire|ma byc"
    r"|ma byt)[\s,;:«»\"']*"
    r"|[\s,;:.()\[\]-]*now(?: due)?(?: on)?[\s:]*"
)
# "3 June 2027 (was 3 May 2027)", "... instead of ...".
IN_PLACE_OF = re.compile(
    r"[\s,;:.()\[\]-]*(?:(?:the|which|deadline|date|it|and) )*"
    r"(?:was|were|formerly|previously|originally|initially|instead of|in place of|rather than|not"
    r"|replac(?:es|ing)"
    r"|(?:old|previous|original|initial)(?: deadline| date| closing date)?"
    r"|bisher|vorher|zuvor|ursprunglich|statt(?: bisher)?|anstatt|anstelle(?: von)?|nicht|alt"
    r"|au lieu d[eu]|anciennement|initialement|precedemment|auparavant"
    r"|en lugar de|en vez de|anteriormente|inicialmente|antes(?! de)|em vez de|em lugar de"
    r"|invece di|invece del|anziche|precedentemente|inizialmente|prima(?! de)"
    r"|in plaats van|voorheen|eerder|zamiast|wczesniej|poprzednio|pierwotnie|misto|puvodne|drive)"
    r"(?: (?:the|le|el|il|l|on|am|den|dem|du|del|dal|o|op))?[\s,:]*"
)
# "three weeks before 3 May", "within ten days of 3 May": the date itself is not the one that is meant.
OFFSET = re.compile(
    r"\b(?:days?|weeks?|months?|hours?|tagen?|wochen?|monaten?|stunden|jours?|semaines?|mois|heures|dias?|semanas?"
    r"|mes(?:es)?|horas|giorn[oi]|settiman[ae]|mes[ei]|dag(?:en)?|week|weken|maand(?:en)?|dni|tygodni\w*"
    r"|miesiac\w*|miesiecy|dnu|dny|tydn\w*|mesic\w*)"
    r" (?:before|prior to|ahead of|in advance of|after|from|of|following|vor|nach|avant|apres"
    r"|antes d(?:el?|o)|despues del?|depois d[eo]|apos|prima del?|dopo|voor|na|przed|po|pred)"
    r"(?: (?:the|le|la|el|il|dem|den|der|o|de))?\W{0,2}$"
)
# "Nothing is accepted before 3 May": that is when it begins, if anything.
NOT_BEFORE = re.compile(
    r"\b(?:no|not|cannot|can't|never|nicht|keine?n?|kein|pas|aucune?|ninguna?|non|nao|niet|geen|nie|zadn\w*)\b"
    r"[^,:;]{0,60}\b(?:before|prior to|vor|avant|antes d(?:el?|o)|prima del?|voor|przed|pred)"
    r"(?: (?:the|dem|den|le|el|il|l|o|de))?\W{0,2}$"
)
# "Applications received after 3 May will not be considered."
TOO_LATE = re.compile(
    r"\b(?:received|submitted|arriving|sent|made|filed|eingehen|eingegangen|recues?|recibidas?)\b"
    r"[^,:;]{0,30}\b(?:after|later than|past|nach|apres|despues de)(?: (?:the|dem|le|el))?\W{0,2}$"
)
# "Send your proposal to ... by".
SEND_BY = re.compile(
    r"\b(?:(?:send|submit|receive|e-?mail|mail|deliver|forward|return|upload|lodge|complete|invites?|inviting|invited"
    r"|welcomes?|seeks?|enter)\b[^;:]{0,60}"
    r"\b(?:applications?|proposals?|bids?|tenders?|quotations?|quotes?|offers?|entry|entries|submissions?|forms?"
    r"|story|stories|work|poems?|nominees)\b"
    r"|(?:(?:applications?|proposals?|bids?|tenders?|quotations?|quotes?|offers?|entry|entries|submissions?|forms?)\b"
    r"[^;:]{0,30}|^\W*(?:(?:and|it|they|which) )?)\b(?:must|should|has to|have to) (?:reach|arrive"
    r"|be with)\b)"
    r"[^;:]{0,60}\b(?:by|no later than|not later than|on or before)"
    r"(?: (?:the|midnight|noon|close of business|end of day))?(?: on)?\W{0,2}$"
)
# "Applications submitted before ...": what becomes of some of them, unless it is that they are taken.
OF_SOME = re.compile(
    r"\b(?:applications?|proposals?|bids?|tenders?|entries|submissions?|who|that|which)"
    r"(?: (?:were|was|have|had))? (?:submitted|received|applied|made|filed|lodged)"
    r" (?:before|prior to)(?: the)?\W{0,2}$"
)
TAKEN = re.compile(
    r"^\W*(?:will|shall) be (?:considered|reviewed|assessed|evaluated|processed|included|accepted|eligible)"
)
REFUSED = re.compile(
    r"\bnot be (?:considered|accepted|reviewed|evaluated|eligible|processed|opened|entertained)|\brejected\b"
    r"|\bdisqualified\b|nicht (?:mehr )?berucksichtigt|ne seront pas|no (?:seran|se) (?:admit|consider|acept)"
)
AND = re.compile(r"\b(?:and|und|et|y|e|i|a|en)\b")
APPLYING = re.compile(
    r"\boffers?\b|\bresponses?\b|\bforms?\b|\b(?:all|application) materials\b|\bappl(?:y|ications?)\b"
    r"|\bsubmi(?:t|ss)|\bproposals?\b|\bbids?\b|\btenders?\b|\bentries\b|\bquotations?\b"
    r"|\baccept(?:ed|ing)\b|\bopen(?:s|ing)? for\b"
    r"|candidat(?:ur|er|ez)|postul|\bdepot|\bdepos|dossiers?\b|\bdemandes?\b|\boffres?\b|soumission"
    r"|bewerbung|bewerben|einreich|eingereicht|\bantrag|beantrag|\bangebot|skizze"
    r"|solicitud|inscri|presentacion|presentar|propuesta|\bofertas?\b"
    r"|\bdomand[ae]\b|\bistanz[ae]\b|\bpropost|\boffert[ae]\b|pervenire|\binvia|presenta(?:re|te|zione)"
    r"|submet|recebiment|concorrer|apresenta|aanvra|aangevraagd|aanmeld|inschrij|indien"
    r"|\bwnios|\bnabor|\bsklad|\bzlozy|\bzlozeni|zglosz|zadost|prihlas|nabidk|podava|podat|prijem|prijim"
)
OPEN_OR_CLOSED = re.compile(
    r"\b(?:open|opens|close|closes|closed|closing|ouverte?s?|clos|offen|geoffnet|schliesst|abiert[oa]s?|cierra"
    r"|apert[oa]|chiude|abert[oa]s?|geopend|sluit)\b"
)
ROUND = re.compile(
    r"\b(?:rounds?|window|portal|scheme|stage|submissions?|runde|session|guichet|ventanilla|ronda|sportello)\b"
)
AFTER = re.compile(
    r"\s?[\])]?\s?(?:is|was|will be)? ?(?:the )?(?:application |submission |final )?(?:deadline|"
    r"closing date)\b"
)
# "Expiration date": of a call, or of the notice that tells of it.
EXPIRY = re.compile(r"\W*(?:(?:date of )?expir|valid (?:until|through))")
# "The deadline of 3 May has been removed": what holds no more.
VOID = re.compile(
    r"\W*(?:beginnen|starten|enden)\b|[^.;]{0,20}\b(?:(?:was|were|is) (?:wrong|incorrect"
    r"|printed in error)|no longer (?:applies|holds)"
    r"|has been (?:removed|cancelled|canceled|withdrawn|suspended|postponed(?! (?:to|until|till|by)))"
    r"|(?:entfallt|wurde aufgehoben|est annulee?|queda sin efecto|e annullat[oa]))\b"
)
# A deadline that takes the place of another, whatever stands between the two.
MOVES = re.compile(
    r"\b(?:extended|postponed|prorog\w*|prolong\w*|reporte\w*|repouss\w*|differit\w*|posticip\w*|verlangert"
    r"|verschoben|ampli(?:a|ad|ar)\w*|prorrog\w*|aplaz\w*|adiad\w*|alargad\w*|verlengd|verschoven|uitgesteld|przedluz\w*"
    r"|przesun\w*|posun\w*|prodluz\w*|prodlouz\w*|pasa del?)\b"
)
OF_LIMIT = re.compile(
    r"\b(?:deadline|closing|delai|date limite|plazo|fecha limite|termine|scadenza|prazo|data limite"
    r"|termin|lhuta|uzaverka"
    r"|sluitingsdatum)\b|frist\b|schluss\b"
)
# "fino alle ore 13 del 10 febbraio": the hour of an end, no beginning.
UNTIL_HOUR = re.compile(
    r"\b(?:fino|hasta|ate|tot|bis|until|jusqu'?\w*)\b[^.;]{0,20}\b(?:del?|vom|van|du|dal)\s{0,2}$"
)
