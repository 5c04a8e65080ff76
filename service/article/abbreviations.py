"""Full stops that end no sentence: what follows an abbreviation tells whether the sentence goes on.

The Indonesian ones are those of the general spelling guide (EYD V, "Singkatan dan Akronim") and of
newspapers; sentencex knows none of them. The English ones are the few that sentencex cuts at. Case is
significant: "Kol." is a colonel, "kol." ends a sentence about cabbage.
"""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Abbreviations of a language, without their last full stop.

    `leading` never end a sentence (a title before a name); `numbering` go on where a figure follows
    ("No. 5"); `closing` may end one, and go on before a small letter or another of them ("S.H. M.Si.").
    `words` look like abbreviations to sentencex and are ordinary words or acronyms: their stop is a stop.
    """

    leading: frozenset[str] = frozenset()
    numbering: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


_INDONESIAN = Abbreviations(
    leading=_words(
        # before a person's name: titles, forms of address, ranks, shortened first names
        "Dr dr Drs Dra Drg drg Ir Prof H Hj KH K.H Kiai Ust Tgk Tn Ny Nn Sdr Sdri Bpk Yth Alm Almh R.A R.M "
        "R.Ng Moh Muh Mhd Abd Jend Letjen Mayjen Brigjen Kol Letkol Kapt Lettu Letda Serka Ipda Iptu AKP "
        "Kompol AKBP "
        # before a place or a firm
        "Jl Jln Gg Kp Ds Kel Kec Kab Kodya Prov PT CV UD Fa Pdt "
        # before whom one speaks for or to
        "a.n d.a u.b u.p c.q d.h "
    ),
    numbering=_words(
        "No no Nomor Rp hal Hal hlm Hlm tgl Tgl pkl Pkl Psl psl Ps ps ay Vol vol Jil jil Ed ed Th th Tlp "
        "tlp Telp telp Jan Feb Mar Apr Jun Jul Agu Agt Agust Sept Sep Okt Nov Des Jl Blok Kav Km km Lt lt "
        "RT RW Gbr gbr Tbl "
    ),
    closing=_words(
        "dll dsb dst dkk dlsb ybs Tbk tbk Sp "
        # degrees after a name
        "S.H S.E S.T S.S S.I.P S.IP S.Sos S.Kom S.Pd S.Ag S.Si S.Psi S.Ked S.Farm S.Kep S.Hut S.P S.Pt "
        "S.Sn A.Md M.H M.M M.T M.A M.Si M.Sc M.Hum M.Kom M.Pd M.Ag M.Psi M.Kes M.P M.Sn M.B.A M.E M.I.Kom "
        "M.Eng M.Phil LL.M Ph.D Lc Sp.A Sp.B Sp.OG Sp.PD Sp.S Sp.OT Sp.P Sp.KJ Sp.M Sp.JP S.Pd.I M.Pd.I "
        "S.H.I M.M.R.S "
        # honours after a name
        "a.s r.a s.a.w swt saw Jr Sr Inc Corp Ltd Co db vs al "
    ),
    words=_words(
        "ia Ia kan Kan ala yuk Yuk ok Ok OK min sen mm me re ga kans dak la del id al ll ore arc art miss "
        "PP RS PD RT ART ID AL HR PA DAK MR PS MT SC IA DC LA CT FF PH ST RD SR RE DR Ida CO FR GA ME MO "
        "ADM FEB "
    ),
)

_ENGLISH = Abbreviations(
    leading=_words("Messrs Mmes Hon Rev Supt Insp Det Cpl Pvt Cmdr Brig Amb Pres Sec Atty"),
    numbering=_words("No Nos no nos p pp Vol vol Ch ch Fig fig Figs figs Art art Sec sec para paras Eq eq approx ca "),
    closing=_words("a.m p.m e.g i.e etc vs al cf Inc Ltd Co Corp Jr Sr U.S U.K U.N U.S.A D.C Ph.D M.D B.A M.A "),
    words=_words("me may re ll ill miss arc ore fed mm ok OK DC RT PA CO LA RE"),
)

ABBREVIATIONS = {"id": _INDONESIAN, "en": _ENGLISH}
"""By language subtag; a language that is not here has none."""

DOMAINS = _words("co com id net org or go ac sch web tv info news today app ai io uk us my sg au")
"""What follows the full stop inside a site's name: "TEMPO.CO", "KOMPAS.com", "SURYA.CO.ID"."""
