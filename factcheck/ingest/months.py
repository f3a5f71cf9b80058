"""Names of months, by which written dates are known."""

_NAMES = """
january jan januar jänner janvier janv enero ene gennaio gen janeiro januari tammikuu tammikuuta styczeń stycznia sty ocak leden ledna
february feb febr februar feber février févr fevrier febrero febbraio fevereiro fev februari helmikuu helmikuuta luty lutego lut şubat únor února
march mar mars märz mrz marzo março marco maart mrt maaliskuu maaliskuuta marzec marca mart březen března
april apr avril avr abril abr aprile huhtikuu huhtikuuta kwiecień kwietnia kwi nisan duben dubna
may mai mayo maggio mag maio mei maj toukokuu toukokuuta maja mayıs květen května
june jun juni juin junio giugno giu junho kesäkuu kesäkuuta czerwiec czerwca cze haziran červen června
july jul juli juillet juil julio luglio lug julho heinäkuu heinäkuuta lipiec lipca lip temmuz červenec července
august aug août aout agosto ago agustus augusti elokuu elokuuta sierpień sierpnia sie ağustos srpen srpna
september sep sept septembre septiembre settembre set setembro syyskuu syyskuuta wrzesień września wrz eylül září
october oct oktober okt octobre octubre ottobre ott outubro out lokakuu lokakuuta październik października paź ekim říjen října
november nov novembre noviembre novembro marraskuu marraskuuta listopad listopada lis kasım listopadu
december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro desember des joulukuu joulukuuta grudzień grudnia gru aralık prosinec prosince
"""

MONTHS: dict[str, int] = {
    name: number for number, line in enumerate(_NAMES.strip().splitlines(), 1) for name in line.split()
}
"""Lower-case name or abbreviation without a dot, to 1–12."""
