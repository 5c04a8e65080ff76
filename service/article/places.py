"""Places that datelines name: how newspapers write them in Indonesian and in English.

A gazetteer of the towns that news comes from, not of the world: `known` is a cue that "Jakarta - " opens a
report and "Semangat - " does not. Countries come from Babel.
"""

from __future__ import annotations

from functools import cache

from babel import Locale

_INDONESIAN_ENGLISH = """
Singapura=Singapore|Yerusalem=Jerusalem|Kairo=Cairo|Moskwa=Moscow|Moskow=Moscow|Den Haag=The Hague
Jenewa=Geneva|Roma=Rome|Brussel=Brussels|Brussels=Brussels|Wina=Vienna|Athena=Athens|Lisabon=Lisbon
Praha=Prague|Warsawa=Warsaw|Kopenhagen=Copenhagen|Beograd=Belgrade|Bukares=Bucharest|Kyiv=Kyiv|Kiev=Kyiv
Munchen=Munich|Milan=Milan|Milano=Milan|Venesia=Venice|Napoli=Naples|Firenze=Florence|Zurich=Zurich
Lucerne=Lucerne|Sevilla=Seville|Teheran=Tehran|Bagdad=Baghdad|Damaskus=Damascus|Beirut=Beirut|Amman=Amman
Riyadh=Riyadh|Mekah=Mecca|Makkah=Mecca|Mekkah=Mecca|Madinah=Medina|Jeddah=Jeddah|Doha=Doha|Kuwait=Kuwait City
Sanaa=Sanaa|Betlehem=Bethlehem|Ramallah=Ramallah|Tripoli=Tripoli|Aljir=Algiers|Tunis=Tunis
Addis Ababa=Addis Ababa|Tel Aviv=Tel Aviv|Gaza=Gaza|Jalur Gaza=Gaza Strip|Hong Kong=Hong Kong
Hongkong=Hong Kong|Makau=Macau|Seoul=Seoul|Pyongyang=Pyongyang|Manila=Manila|Hanoi=Hanoi
Kota Ho Chi Minh=Ho Chi Minh City|Phnom Penh=Phnom Penh|Mexico City=Mexico City|Kota Meksiko=Mexico City
Havana=Havana|Vatikan=Vatican City|Kota Vatikan=Vatican City|Luksemburg=Luxembourg|Tokyo=Tokyo|Dili=Dili
Kota Kinabalu=Kota Kinabalu|Bandar Seri Begawan=Bandar Seri Begawan|New Delhi=New Delhi|Kolombo=Colombo
"""

_SAME = """
Ambon|Balikpapan|Banda Aceh|Bandar Lampung|Bandung|Banjarbaru|Banjarmasin|Banyuwangi|Batam|Bekasi|Bengkulu
Bima|Blitar|Bogor|Bontang|Bukittinggi|Cianjur|Cibinong|Cikarang|Cilacap|Cilegon|Cimahi|Cirebon|Denpasar|Depok
Dumai|Ende|Garut|Gorontalo|Gresik|Indramayu|Jakarta|Jambi|Jayapura|Jember|Jombang|Karawang|Kediri|Kendari
Klaten|Kudus|Kupang|Labuan Bajo|Lamongan|Lhokseumawe|Lombok|Lumajang|Madiun|Magelang|Makassar|Malang|Mamuju
Manado|Manokwari|Mataram|Medan|Merauke|Mojokerto|Nusa Dua|Nusantara|Padang|Palangka Raya|Palangkaraya
Palembang|Palu|Pangkalpinang|Pasuruan|Pati|Pekalongan|Pekanbaru|Pontianak|Poso|Probolinggo|Purwakarta
Purwokerto|Sabang|Salatiga|Samarinda|Semarang|Serang|Sidoarjo|Singkawang|Situbondo|Sleman|Solo|Sorong|Subang
Sukabumi|Sumedang|Surabaya|Surakarta|Tangerang|Tangerang Selatan|Tanjung Pinang|Tanjungpinang|Tanjung Selor
Tarakan|Tasikmalaya|Tegal|Ternate|Timika|Tuban|Tulungagung|Ubud|Wamena|Wonogiri|Wonosobo|Yogyakarta|Abu Dhabi
Abuja|Amsterdam|Ankara|Atlanta|Auckland|Bangkok|Barcelona|Beijing|Berlin|Boston|Brasilia|Brisbane|Budapest
Buenos Aires|Canberra|Caracas|Chicago|Dallas|Davos|Detroit|Dhaka|Dubai|Dublin|Edinburgh|Frankfurt|Glasgow
Guangzhou|Hamburg|Helsinki|Hiroshima|Houston|Islamabad|Istanbul|Johannesburg|Kabul|Karachi|Kathmandu|Khartoum
Kharkiv|Kuala Lumpur|Kyoto|Lagos|Lima|Liverpool|London|Los Angeles|Lyon|Madrid|Manchester|Melbourne|Miami
Montreal|Mumbai|Nairobi|New York|Odesa|Osaka|Oslo|Ottawa|Paris|Perth|Port Moresby|Rabat|Rangoon|Yangon
Naypyitaw|Reykjavik|Rio de Janeiro|San Francisco|Santiago|Sao Paulo|Seattle|Shanghai|Shenzhen|Sofia|Stockholm
Strasbourg|Suva|Sydney|Taipei|Tashkent|Tbilisi|Tirana|Toronto|Turin|Ulan Bator|Vancouver|Vientiane|Vilnius
Washington|Wellington|Wuhan|Yerevan|Zagreb
"""


@cache
def _table() -> dict[str, dict[str, str]]:
    """language -> casefolded name in either language -> name in that language."""
    table: dict[str, dict[str, str]] = {"en": {}, "id": {}}
    pairs = [pair.split("=") for pair in _INDONESIAN_ENGLISH.replace("\n", "|").strip("|").split("|")]
    pairs += [[name, name] for name in _SAME.replace("\n", "|").strip("|").split("|")]
    for indonesian, english in pairs:
        # The first spelling given is the one that we write ("Moskwa", the bureau's; "Moskow" is understood).
        table["id"].setdefault(english.casefold(), indonesian)
        table["id"].setdefault(indonesian.casefold(), indonesian)
        table["en"][english.casefold()] = table["en"][indonesian.casefold()] = english
    return table


@cache
def _countries() -> dict[str, dict[str, str]]:
    """language -> casefolded name of a country in either language -> its name in that language."""
    names = {language: Locale(language).territories for language in ("en", "id")}
    codes = [code for code in names["en"] if len(str(code)) == 2 and code in names["id"]]
    return {
        language: {names[other][code].casefold(): names[language][code] for other in names for code in codes}
        for language in names
    }


def known(place: str) -> bool:
    """Whether the gazetteer has the town, by its Indonesian or its English name, whatever the case."""
    return place.casefold() in _table()["id"]


def country(name: str) -> bool:
    """Whether it is a country, by its Indonesian or its English name, whatever the case."""
    return name.casefold() in _countries()["id"]


def localise(place: str, language: str) -> str:
    """The name in "en" or "id"; as it is where the language or the place is not known. Capitals stay
    capitals."""
    key = place.casefold()
    name = _table().get(language, {}).get(key) or _countries().get(language, {}).get(key)
    if name is None:
        return place
    return name.upper() if place.isupper() else name
