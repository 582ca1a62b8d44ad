"""The sounds of Vietnamese as letters: vowels with their tones, rimes, and what a whole syllable looks like."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = "aăâeêioôơuưy"
TONES = "\u0301\u0300\u0309\u0303\u0323"  # sắc, huyền, hỏi, ngã, nặng: the order of VNI's 1 to 5
TONED = {unicodedata.normalize("NFC", v + tone): (v, tone) for v in _PLAIN for tone in TONES}
VOWELS = _PLAIN + "".join(TONED)
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây e ec em en eng eo ep et
ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh
oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt
ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu
""".split()
NUCLEI = {r.rstrip("cghmnpt") for r in _RIMES}
SYLLABLE = re.compile(
    r"(?:c(?![eêiy])|k(?=[eêiy])|g(?![eê])|gh(?=[eêi])|ng(?![eêi])|ngh(?=[eêi])|ch|gi|kh|nh|ph|th|tr|[bdđhlmnrstvx])?"
    rf"(?:{'|'.join(sorted(_RIMES, key=len, reverse=True))})"
    r"|qu(?:[aâăeêiơ]\w{0,3}|y(?:ch|nh|t|ên|êt)?|ôc)"
)
