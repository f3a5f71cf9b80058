"""Paragraphs that the samples are made of."""

STORIES = (
    (
        "Ferry runs aground off Lysvik",
        (
            "A ferry with 214 people on board ran aground off Lysvik late on Sunday, the coast guard said. Nobody was hurt.",
            "“We heard a loud noise, then the lights went out,” said Marit Solheim, 43, who was on her way home from Ekdal.",
            "The ship’s owner, Nordfjord Lines, said that the captain had changed course to avoid a fishing boat.",
            "Divers are to look at the hull on Tuesday. The line will be served by a smaller boat until the end of the month.",
            "It is the third such accident in the strait since 2009, when two crew members died.",
        ),
    ),
    (
        "Council votes for a new bridge over the Hamsel",
        (
            "The town council voted 19 to 12 on Monday night for a new bridge over the Hamsel, after a debate of four hours.",
            "The bridge is to cost 48 million euros, about a third of which the state will pay.",
            "Mayor Ines Kolbe called the vote “a good day for everyone who stands in the queue each morning.”",
            "Opponents said they would collect signatures for a referendum; they need 6,200 by the first of September.",
            "Work could begin next spring and would last three years, according to the building office.",
        ),
    ),
    (
        "Mill fire was set on purpose, police say",
        (
            "The fire that destroyed the old mill at Brannholm in March was set on purpose, the police said on Thursday.",
            "Investigators found traces of petrol in two rooms on the ground floor, chief inspector Paul Terrien told reporters.",
            "A man of 36 was questioned and released. Nobody has been charged.",
            "The mill, built in 1871, had stood empty for 14 years. Its owner had asked for leave to tear it down.",
            "A meeting of neighbours is planned for next Wednesday in the parish hall.",
        ),
    ),
)
