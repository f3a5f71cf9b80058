"""Countries by name, demonym and adjective. A capital can stand for its government."""

_TABLE = """
afghanistan|afghan,afghans|kabul
albania|albanian,albanians|tirana
algeria|algerian,algerians|algiers
argentina|argentine,argentinian,argentines|buenos aires
armenia|armenian,armenians|yerevan
australia|australian,australians|canberra
austria|austrian,austrians|vienna
azerbaijan|azerbaijani,azerbaijanis|baku
bangladesh|bangladeshi,bangladeshis|dhaka
belarus|belarusian,belarusians|minsk
belgium|belgian,belgians|brussels
bolivia|bolivian,bolivians|la paz
bosnia|bosnian,bosnians|sarajevo
brazil|brazilian,brazilians|brasilia
bulgaria|bulgarian,bulgarians|sofia
cambodia|cambodian,cambodians|phnom penh
cameroon|cameroonian,cameroonians|yaounde
canada|canadian,canadians|ottawa
chile|chilean,chileans|santiago
china|chinese|beijing
colombia|colombian,colombians|bogota
costa rica|costa rican,costa ricans|san jose
croatia|croatian,croatians,croat|zagreb
cuba|cuban,cubans|havana
cyprus|cypriot,cypriots|nicosia
czech republic,czechia|czech,czechs|prague
denmark|danish,dane,danes|copenhagen
ecuador|ecuadorian,ecuadorean|quito
egypt|egyptian,egyptians|cairo
estonia|estonian,estonians|tallinn
ethiopia|ethiopian,ethiopians|addis ababa
finland|finnish,finn,finns|helsinki
france|french,frenchman,frenchwoman|paris
georgia|georgian,georgians|tbilisi
germany|german,germans|berlin
ghana|ghanaian,ghanaians|accra
greece|greek,greeks|athens
guatemala|guatemalan,guatemalans|guatemala city
haiti|haitian,haitians|port-au-prince
hungary|hungarian,hungarians|budapest
iceland|icelandic,icelander,icelanders|reykjavik
india|indian,indians|new delhi,delhi
indonesia|indonesian,indonesians|jakarta
iran|iranian,iranians|tehran
iraq|iraqi,iraqis|baghdad
ireland|irish,irishman,irishwoman|dublin
israel|israeli,israelis|jerusalem
italy|italian,italians|rome
ivory coast|ivorian,ivorians|abidjan
jamaica|jamaican,jamaicans|kingston
japan|japanese|tokyo
jordan|jordanian,jordanians|amman
kazakhstan|kazakh,kazakhs|astana
kenya|kenyan,kenyans|nairobi
kosovo|kosovar,kosovan|pristina
kuwait|kuwaiti,kuwaitis|kuwait city
latvia|latvian,latvians|riga
lebanon|lebanese|beirut
libya|libyan,libyans|tripoli
lithuania|lithuanian,lithuanians|vilnius
luxembourg|luxembourgish,luxembourger|luxembourg
malaysia|malaysian,malaysians|kuala lumpur
mali|malian,malians|bamako
malta|maltese|valletta
mexico|mexican,mexicans|mexico city
moldova|moldovan,moldovans|chisinau
mongolia|mongolian,mongolians|ulan bator
morocco|moroccan,moroccans|rabat
myanmar,burma|burmese|naypyidaw
nepal|nepalese,nepali|kathmandu
netherlands,holland|dutch,dutchman,dutchwoman|the hague,amsterdam
new zealand|new zealander,new zealanders,kiwi|wellington
nicaragua|nicaraguan,nicaraguans|managua
nigeria|nigerian,nigerians|abuja
north korea,the north,dprk|north korean,north koreans|pyongyang
norway|norwegian,norwegians|oslo
pakistan|pakistani,pakistanis|islamabad
panama|panamanian,panamanians|panama city
paraguay|paraguayan,paraguayans|asuncion
peru|peruvian,peruvians|lima
philippines|filipino,filipina,filipinos,philippine|manila
poland|polish,pole,poles|warsaw
portugal|portuguese|lisbon
qatar|qatari,qataris|doha
romania|romanian,romanians|bucharest
russia|russian,russians|moscow,kremlin
rwanda|rwandan,rwandans|kigali
saudi arabia|saudi,saudis|riyadh
scotland|scottish,scot,scots|edinburgh
senegal|senegalese|dakar
serbia|serbian,serbians,serb|belgrade
singapore|singaporean,singaporeans|singapore
slovakia|slovak,slovaks|bratislava
slovenia|slovenian,slovenians,slovene|ljubljana
somalia|somali,somalis|mogadishu
south africa|south african,south africans|pretoria
south korea,the south|south korean,south koreans|seoul
spain|spanish,spaniard,spaniards|madrid
sri lanka|sri lankan,sri lankans|colombo
sudan|sudanese|khartoum
sweden|swedish,swede,swedes|stockholm
switzerland|swiss|bern
syria|syrian,syrians|damascus
taiwan|taiwanese|taipei
tanzania|tanzanian,tanzanians|dodoma
thailand|thai,thais|bangkok
tunisia|tunisian,tunisians|tunis
turkey,türkiye|turkish,turk,turks|ankara
uganda|ugandan,ugandans|kampala
ukraine|ukrainian,ukrainians|kyiv,kiev
united arab emirates,uae|emirati,emiratis|abu dhabi
united kingdom,uk,u.k.,britain,great britain|british,briton,britons,britain's|london,downing street
united states,us,u.s.,usa,u.s.a.,america|american,americans|washington,white house
uruguay|uruguayan,uruguayans|montevideo
uzbekistan|uzbek,uzbeks|tashkent
venezuela|venezuelan,venezuelans|caracas
vietnam|vietnamese|hanoi
wales|welsh,welshman,welshwoman|cardiff
england|english,englishman,englishwoman|london
yemen|yemeni,yemenis|sanaa
zambia|zambian,zambians|lusaka
zimbabwe|zimbabwean,zimbabweans|harare
"""

_ROWS = [[part.split(",") for part in row.split("|")] for row in _TABLE.strip().splitlines()]
_COUNTRY = {form: names[0] for names, people, _ in _ROWS for form in (*names, *people)}
_PEOPLE = frozenset(form for _, people, _ in _ROWS for form in people)
_CAPITAL = {city: names[0] for names, _, capitals in _ROWS for city in capitals}


def is_nationality(word: str) -> bool:
    """True for a demonym or an adjective of nationality, False for the country's own name."""
    return _plain(word) in _PEOPLE


def country_of(name: str) -> str | None:
    """The country that a name, demonym or adjective means; None if it means none.

    >>> country_of("Spaniard")
    'spain'
    """
    return _COUNTRY.get(_plain(name))


def government_of(name: str) -> str | None:
    """The country whose government a capital stands for: "Pyongyang" → "north korea"."""
    return _CAPITAL.get(_plain(name))


def _plain(name: str) -> str:
    words = name.strip().lower().replace("’s", "").replace("'s", "")
    return words if words in {"the north", "the south", "the hague"} else words.removeprefix("the ")
