"""Seed cards for writers of newsroom pairs: what a story is about and which phenomena its claims must show.

    python3 training/data/newsroom/make_cards.py SEED COUNT > cards.txt
"""
import random, sys
seed, count = int(sys.argv[1]), int(sys.argv[2])
r = random.Random(seed)
EVENTS = {
 "courts": "sentencing|plea deal|appeal ruling|jury verdict|civil settlement|extradition hearing|bail decision|charges dropped|inquest finding|retrial ordered|class action filed|injunction lifted|witness testimony|judge recused",
 "politics": "coalition talks|by-election|cabinet reshuffle|resignation|confidence vote|referendum|budget passed|bill amended in committee|party leadership contest|recount|impeachment inquiry|council zoning vote|mayor's veto|constitutional court opinion",
 "diplomacy": "ceasefire terms|border reopening|ambassador recalled|treaty signed|sanctions eased|prisoner exchange|summit postponed|fishing rights deal|visa waiver|peace monitor report|arms sale approved|debt relief accord",
 "business": "quarterly earnings|merger agreed|takeover bid rejected|plant closing|product recall|bankruptcy filing|chief executive replaced|share buyback|antitrust fine|factory expansion|layoffs|contract won|profit warning|stock listing",
 "economy": "inflation figures|central bank decision|unemployment figures|trade deficit|minimum wage rise|house prices|harvest estimate|tourism numbers|tax receipts|pension reform|fuel prices|retail sales",
 "sports": "football match|cup final|marathon|tennis final|transfer|coach dismissed|doping ban|cycling stage|cricket test|athletics record|rowing regatta|chess championship|basketball play-off|ski race|swimming heats",
 "disaster": "earthquake|flood|landslide|warehouse fire|ferry sinking|train derailment|mine collapse|avalanche|wildfire evacuation|storm damage|gas explosion|bridge closure|dam alert|bus crash",
 "science": "space probe|fossil find|vaccine trial|telescope image|species count|glacier survey|archaeological dig|seismology study|battery research|genome study|deep-sea expedition|retraction of a paper",
 "health": "measles outbreak|hospital strike|drug approval|water contamination|screening programme|nursing shortage|clinic opening|food poisoning|organ transplant milestone|air quality alert|ambulance delays|medical inquiry",
 "culture": "museum opening|film festival awards|stolen painting returned|orchestra tour|book prize|theatre closure|heritage listing|concert cancelled|statue removed|exhibition extended|streaming deal|library restored",
 "local": "school closure|road works|tram extension|library hours|market fire|parking fees|housing project|park reopening|bakery strike|bus route change|swimming pool repairs|county fair|water main break|police station sale",
 "transport": "airline route|airport strike|rail timetable|ship grounding|metro line opening|runway incident|toll increase|port congestion|electric bus order|bicycle scheme|pilot error report|level crossing accident",
 "crime": "bank robbery|art theft|kidnapping solved|smuggling seizure|cyberattack|arson arrest|fraud ring|missing hiker found|prison escape|cold case reopened|counterfeit goods|burglary series",
 "environment": "river clean-up|oil spill|logging ban|wolf reintroduction|drought restrictions|emission target|wind farm permit|plastic ban|reservoir level|beach erosion|nature reserve extended|fish kill",
 "technology": "satellite launch|data breach|chip plant|app outage|privacy fine|driverless trial|subsea cable|voting machine audit|broadband rollout|software recall|robot surgery|encryption law",
 "labour": "strike called off|union ballot|wage settlement|lockout|safety walkout|pension dispute|plant occupation|overtime ban|union merger|strike suspended by court|gig workers ruling|teacher contract",
 "education": "exam results|university merger|tuition freeze|scholarship fund|school meals|cheating inquiry|teacher shortage|campus protest|new curriculum|research grant|rector elected|student housing",
 "military": "exercise begins|troop withdrawal|submarine accident|conscription vote|airspace violation|minefield clearance|base handover|peacekeepers attacked|drone shot down|veterans' benefits|arms depot blast|commander relieved",
 "religion and society": "pilgrimage|cathedral repairs|census result|adoption law|refugee arrivals|charity appeal|citizenship ceremony|language law|festival procession|heritage dispute|birth rate|volunteer award",
 "obituary and profile": "death of a novelist|death of a footballer|death of an engineer|retiring judge|centenarian honoured|scientist profile|death of a union leader|death of a composer|mountaineer's last climb|portrait of a mayor",
}
PLACES = "Baltic port town|Andean capital|West African city|Pacific island state|Canadian prairie county|Scottish island|Balkan republic|Indian state capital|Japanese prefecture|Gulf emirate|Caribbean island|Texas county|Welsh valley|Central Asian republic|Brazilian interior|Australian outback shire|Irish midlands|Nordic fjord town|Philippine province|South African township|Dutch polder town|Alpine canton|Midwestern city|Black Sea resort|Sahel border town|New Zealand region|Iberian mining town|Great Lakes port|Sicilian village|Korean industrial city|Kenyan highlands|Chilean desert town|Polish mill city|Greek island|Quebec suburb|Vietnamese delta|Georgian mountain town|London borough|Pennsylvania steel town|Moroccan coast"
STYLE = "agency lead with attribution|local paper, plain|two-sentence brief|press-release-based report|court report with quotes|follow-up with background sentence|financial wire, dense figures|sports report|feature, longer sentences|live-blog style update|headline plus lead|third paragraph of a longer story"
CON = {
 "outcome-verb": "another outcome of the same act (was outbid/withdrew its offer; settled/won the suit; paused/ended)",
 "direction": "up for down, later for earlier, wider for narrower, eased for tightened, without any shared opposite word in the passage if possible",
 "party-swap": "who did it to whom, winner and loser, buyer and seller, host and guest, payer and payee changed about",
 "wrong-person": "said or done by another person of the same passage",
 "wrong-role": "title or office wrong, or belongs to another person of the passage",
 "cause": "another cause, reason or motive",
 "plan-as-done": "a plan, hope, offer or proposal told as done or decided",
 "maybe-as-fact": "alleged, suspected, possible, conditional told as established",
 "done-as-plan": "what happened told as still to come, or as refused",
 "denial-implicit": "denied without 'not' on either side (ruled out, escaped, intact, unharmed, failed to)",
 "number": "a figure wrong by a plausible slip (digits swapped, neighbour figure of the passage, wrong noun counted)",
 "scale-unit": "million for billion, miles for kilometres, percent for percentage points, per year for in total",
 "each-combined": "each for together, per person for all, monthly for yearly",
 "quantifier": "all, none, most, only, every, half, a majority where the passage's figures say otherwise",
 "ordinal-superlative": "second for third, largest for second-largest, first since for first ever, earliest for latest",
 "date-weekday": "date, weekday or relative day wrong",
 "duration-age": "length of time, age, or how long since wrong",
 "order": "before for after, first for last, sequence changed",
 "place": "wrong place, origin for destination, region for city, north for south",
 "name": "near-miss name (Marlan/Marland, first name changed, sibling institution)",
 "thing": "another thing of the same family (tram for bus, ferry for barge, niece for cousin, wing for rudder)",
 "part-whole": "part told as whole, or one of several told as the only one",
 "quote": "altered, inverted or misattributed quotation",
 "law-status": "charged/convicted, banned/restricted, approved/recommended, passed/tabled, binding/advisory",
 "comparison": "compared with the wrong thing, or the comparison turned round",
 "frequency-time-of-day": "daily/weekly, in the mornings/all day, temporary/permanent",
 "group-member": "wrong group, party, nationality, team, age band affected or exempted",
 "money": "another amount, payer, purpose or who bears the cost",
}
SUP = {
 "synonym-verb": "other verb, other construction, no shared content word but names",
 "passive-nominal": "passive, nominalisation or clause order turned",
 "short-clause": "only one small part of the passage, three to eight words, may lack its subject",
 "derived-sum": "sum, difference, share or remaining number that follows from the passage",
 "derived-time": "day, age, span or weekday that follows by reckoning",
 "rounding": "sound rounding, 'about', 'more than', 'nearly', figures in words",
 "alias": "person or body by role, short form, pronoun-like description or acronym",
 "entailed-general": "a more general statement (hyponym to hypernym, 'a fire' for 'a kitchen blaze')",
 "implicative": "follows from an implicative verb (managed to, forgot to, was forced to, stopped short of)",
 "opposite-frame": "same fact from the other side (bought from / sold to; lost to / beat; survived by)",
 "attributed": "keeps the attribution, in other words",
 "negated-paraphrase": "says what did not happen in other words, true",
}
NEU = {
 "same-event-other-slot": "another detail of the same event on which the passage is silent",
 "same-actor-other-event": "same person or body, another matter or another year",
 "similar-event": "same kind of event at another place or time, with figures",
 "too-strong": "would need more than is said, but is not denied",
 "cause-unsaid": "a cause or consequence that is not told",
 "background": "a plausible background fact about a named thing",
 "compatible-figure": "another figure of another thing, so that both can be true",
}
place, style = PLACES.split("|"), STYLE.split("|")
events = [(t, e) for t, es in EVENTS.items() for e in es.split("|")]
r.shuffle(events)
con, sup, neu = list(CON), list(SUP), list(NEU)
def draw(bag, keys, n):
    out = []
    while len(out) < n:
        if not bag: bag.extend(r.sample(keys, len(keys)))
        k = bag.pop()
        if k not in out: out.append(k)
    return out
bags = ([], [], [])
print("CONTRADICTION KINDS"); [print(f"  {k}: {v}") for k, v in CON.items()]
print("SUPPORT KINDS"); [print(f"  {k}: {v}") for k, v in SUP.items()]
print("NEUTRAL KINDS"); [print(f"  {k}: {v}") for k, v in NEU.items()]
print("CARDS")
for i in range(count):
    t, e = events[i % len(events)]
    c, s, n = draw(bags[0], con, 4), draw(bags[1], sup, 3), draw(bags[2], neu, 2)
    print(f"{i+1:03} {t}: {e} | {r.choice(place)} | {r.choice(style)} | {r.randint(1995, 2026)}-{r.randint(1,12):02}-{r.randint(1,28):02} | C: {', '.join(c)} | S: {', '.join(s)} | N: {', '.join(n)}")
