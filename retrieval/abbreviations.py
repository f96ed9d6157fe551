"""The abbreviations people type in offices, and what they stand for.

A table of facts, with two ways of making new ones from it: a prefix before a field of government ("stnmt" = sở + tài
nguyên và môi trường) and two known abbreviations written together ("ubndtp"). They are recognised in capitals, in
lower case and without diacritics ("hdtdkt"); one that looks like a word ("TU", "CA") only in capitals.

Knows nothing of the index: which of several meanings fits is decided where the neighbouring words are known.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.text import fold, syllables

from .syllable import is_bare_syllable

# One a line: letters = meaning | less likely meaning. Punctuation inside ("TN&MT", "KT-XH") does not count.
_TABLE = """
tđ = thi đua
kt = khen thưởng | kinh tế
tđkt = thi đua khen thưởng
hđtđkt = hội đồng thi đua khen thưởng
cstđ = chiến sĩ thi đua
cstđcs = chiến sĩ thi đua cơ sở
lđtt = lao động tiên tiến
ttlđtt = tập thể lao động tiên tiến
ttlđxs = tập thể lao động xuất sắc
ttxs = tập thể xuất sắc
htxsnv = hoàn thành xuất sắc nhiệm vụ
httnv = hoàn thành tốt nhiệm vụ
htnv = hoàn thành nhiệm vụ
gk = giấy khen
bk = bằng khen
hclđ = huân chương lao động
ctđ = cờ thi đua
đhtt = điển hình tiên tiến
skkn = sáng kiến kinh nghiệm
ntvt = người tốt việc tốt
ntm = nông thôn mới
ntmnc = nông thôn mới nâng cao
ntmkm = nông thôn mới kiểu mẫu
ubnd = ủy ban nhân dân
ub = ủy ban
hđnd = hội đồng nhân dân
ubmttq = ủy ban mặt trận tổ quốc
ubmttqvn = ủy ban mặt trận tổ quốc việt nam
mttq = mặt trận tổ quốc
mttqvn = mặt trận tổ quốc việt nam
ubkt = ủy ban kiểm tra
ubtvqh = ủy ban thường vụ quốc hội
qh = quốc hội
cp = chính phủ
ttg = thủ tướng
ttcp = thủ tướng chính phủ | thanh tra chính phủ
btv = ban thường vụ
btvtu = ban thường vụ tỉnh ủy
bch = ban chấp hành
bct = bộ chính trị | bộ công thương
bcđ = ban chỉ đạo
btc = ban tổ chức | bộ tài chính
btct = ban tổ chức trung ương
bgđ = ban giám đốc
bgh = ban giám hiệu
bql = ban quản lý
bqlda = ban quản lý dự án
tu = tỉnh ủy
đu = đảng ủy
hu = huyện ủy
tw = trung ương
đcs = đảng cộng sản
đcsvn = đảng cộng sản việt nam
đtn = đoàn thanh niên
đtncs = đoàn thanh niên cộng sản
đtncshcm = đoàn thanh niên cộng sản hồ chí minh
tncshcm = thanh niên cộng sản hồ chí minh
hcm = hồ chí minh
tphcm = thành phố hồ chí minh
cđ = công đoàn | cao đẳng
cđcs = công đoàn cơ sở
lđlđ = liên đoàn lao động
lhpn = liên hiệp phụ nữ
hlhpn = hội liên hiệp phụ nữ
ccb = cựu chiến binh
hccb = hội cựu chiến binh
hnd = hội nông dân
cbcc = cán bộ công chức
ccvc = công chức viên chức
cbccvc = cán bộ công chức viên chức
cbccvcnlđ = cán bộ công chức viên chức người lao động
cbccvclđ = cán bộ công chức viên chức lao động
cbvc = cán bộ viên chức
cbvcnlđ = cán bộ viên chức người lao động
cnvc = công nhân viên chức
cnvclđ = công nhân viên chức lao động
cnlđ = công nhân lao động
cb = cán bộ
cc = công chức
vc = viên chức
nlđ = người lao động
lđ = lãnh đạo | lao động
đv = đơn vị | đảng viên
cqđv = cơ quan đơn vị
cq = cơ quan
csđv = cơ sở đơn vị
đvsn = đơn vị sự nghiệp
đvsncl = đơn vị sự nghiệp công lập
đp = địa phương
vp = văn phòng | vi phạm
vpub = văn phòng ủy ban
vpubnd = văn phòng ủy ban nhân dân
vpcp = văn phòng chính phủ
vptu = văn phòng tỉnh ủy
cvp = chánh văn phòng
pcvp = phó chánh văn phòng
gđ = giám đốc | gia đình
pgđ = phó giám đốc
pct = phó chủ tịch
ubndtp = ủy ban nhân dân thành phố
ctubnd = chủ tịch ủy ban nhân dân
tp = trưởng phòng | thành phố
ptp = phó trưởng phòng
kt-xh = kinh tế xã hội
ptktxh = phát triển kinh tế xã hội
qpan = quốc phòng an ninh
anqp = an ninh quốc phòng
antt = an ninh trật tự
ttatxh = trật tự an toàn xã hội
asxh = an sinh xã hội
vhxh = văn hóa xã hội
cnxh = chủ nghĩa xã hội
xhcn = xã hội chủ nghĩa
chxhcn = cộng hòa xã hội chủ nghĩa
chxhcnvn = cộng hòa xã hội chủ nghĩa việt nam
vn = việt nam
cnh = công nghiệp hóa
hđh = hiện đại hóa
cnhhđh = công nghiệp hóa hiện đại hóa
cntt = công nghệ thông tin
cđs = chuyển đổi số
csdl = cơ sở dữ liệu
cchc = cải cách hành chính
tthc = thủ tục hành chính
dvc = dịch vụ công
dvctt = dịch vụ công trực tuyến
cpđt = chính phủ điện tử
cqđt = chính quyền điện tử
pctn = phòng chống tham nhũng
pccc = phòng cháy chữa cháy
pctt = phòng chống thiên tai
tkcn = tìm kiếm cứu nạn
tkcl = tiết kiệm chống lãng phí
thtk = thực hành tiết kiệm
thtkclp = thực hành tiết kiệm chống lãng phí
qcdc = quy chế dân chủ
bvmt = bảo vệ môi trường
bđkh = biến đổi khí hậu
gpmb = giải phóng mặt bằng
qsdđ = quyền sử dụng đất
gcn = giấy chứng nhận
attp = an toàn thực phẩm
atgt = an toàn giao thông
atvslđ = an toàn vệ sinh lao động
bhxh = bảo hiểm xã hội
bhyt = bảo hiểm y tế
bhtn = bảo hiểm thất nghiệp
nsnn = ngân sách nhà nước
nsđp = ngân sách địa phương
kbnn = kho bạc nhà nước
nhnn = ngân hàng nhà nước
ktnn = kiểm toán nhà nước
qlnn = quản lý nhà nước
nn = nhà nước | nông nghiệp
dn = doanh nghiệp
dnnn = doanh nghiệp nhà nước
htx = hợp tác xã
thcs = trung học cơ sở
thpt = trung học phổ thông
gd = giáo dục
gdpt = giáo dục phổ thông
gv = giáo viên
hs = học sinh | hồ sơ
hssv = học sinh sinh viên
ca = công an
cand = công an nhân dân
qđnd = quân đội nhân dân
bchqs = bộ chỉ huy quân sự
bđbp = bộ đội biên phòng
tand = tòa án nhân dân
vksnd = viện kiểm sát nhân dân
tttt = thông tin và truyền thông
ttđt = thông tin điện tử
ptth = phát thanh truyền hình
đh = đại hội | đại học
đhđb = đại hội đại biểu
đhđbtq = đại hội đại biểu toàn quốc
nk = nhiệm kỳ
nq = nghị quyết
nđ = nghị định
qđ = quyết định
ct = chỉ thị | chương trình | chủ tịch
cth = chương trình
ctr = chương trình
ctmtqg = chương trình mục tiêu quốc gia
ctmt = chương trình mục tiêu
tt = thông tư | trung tâm | thủ tướng
ttlt = thông tư liên tịch
cv = công văn
kh = kế hoạch | khoa học
bc = báo cáo
tb = thông báo
hd = hướng dẫn
qc = quy chế
qyđ = quy định
ttr = tờ trình
pa = phương án
đa = đề án
da = dự án
hđ = hội đồng | hoạt động | hợp đồng
vb = văn bản
vbqppl = văn bản quy phạm pháp luật
qppl = quy phạm pháp luật
pl = phụ lục | pháp luật
nv = nhiệm vụ | nội vụ
tc = tổ chức | tài chính
xd = xây dựng
th = thực hiện | tổng hợp
mt = môi trường
pt = phát triển | phong trào
pttđ = phong trào thi đua
ptktxh = phát triển kinh tế xã hội
thcvđ = thực hiện cuộc vận động
cvđ = cuộc vận động
tdđk = toàn dân đoàn kết
ld = lãnh đạo | lao động
xdđsvh = xây dựng đời sống văn hóa
đsvh = đời sống văn hóa
vhcs = văn hóa công sở
gđvh = gia đình văn hóa
svhttdl = sở văn hóa thể thao và du lịch
cqtt = cơ quan thường trực
vt = văn thư
sn = sự nghiệp
tw = trung ương
bnnmt = bộ nông nghiệp và môi trường
"""

# Fields of government, as they follow "s" (sở), "b" (bộ), "p" (phòng): "snv", "btnmt", "pgdđt".
_FIELDS = """
nv = nội vụ
tnmt = tài nguyên và môi trường
nnmt = nông nghiệp và môi trường
nnptnt = nông nghiệp và phát triển nông thôn
gdđt = giáo dục và đào tạo
yt = y tế
tc = tài chính
khđt = kế hoạch và đầu tư
xd = xây dựng
gtvt = giao thông vận tải
ct = công thương
khcn = khoa học và công nghệ
tttt = thông tin và truyền thông
lđtbxh = lao động thương binh và xã hội
vhttdl = văn hóa thể thao và du lịch
vhtt = văn hóa và thể thao
tp = tư pháp
ngv = ngoại vụ
qhkt = quy hoạch kiến trúc
dl = du lịch
dttg = dân tộc và tôn giáo
"""
_PREFIXES = {"s": "sở", "b": "bộ", "p": "phòng"}
_ALONE = frozenset("nv tc ct xd tp dl yt ngv".split())  # too short to mean the field without a prefix


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing an abbreviation can stand for."""

    words: tuple[str, ...]  # syllables, accented: ("thi", "đua")
    prior: float  # 1 for the usual meaning, less for the others; decided without the neighbours


def _parse(table: str) -> dict[str, tuple[Meaning, ...]]:
    entries = {}
    for line in table.strip().splitlines():
        letters, meanings = line.split(" = ")
        entries["".join(syllables(letters))] = tuple(
            Meaning(tuple(syllables(meaning)), 1.0 / rank) for rank, meaning in enumerate(meanings.split(" | "), 1)
        )
    return entries


def _entries() -> dict[str, tuple[Meaning, ...]]:
    fields = _parse(_FIELDS)
    entries = _parse(_TABLE)
    for letters, (meaning,) in fields.items():
        if letters not in _ALONE:
            entries.setdefault(letters, (meaning,))
        for prefix, word in _PREFIXES.items():
            entries.setdefault(prefix + letters, (Meaning((word, *meaning.words), 1.0),))
    return entries


_MEANINGS = _entries()
_BARE: dict[str, tuple[Meaning, ...]] = {}
_SHORT: dict[tuple[str, ...], str] = {}
for _letters, _meanings in _MEANINGS.items():
    _BARE.setdefault(fold(_letters), _meanings)
    if len(_meanings) == 1 and len(_letters) >= 3:
        _SHORT.setdefault(_meanings[0].words, _letters)
LONGEST = max(len(words) for words in _SHORT)  # syllables in the longest meaning that has one short form


def meanings(typed: str, *, capitals: bool) -> tuple[Meaning, ...]:
    """Return what `typed` (letters, perhaps with "&" or "-" inside) stands for, likeliest first; () when nothing.

    `capitals` says that capitals carry information in this question: it is not typed all in upper case.
    """
    letters = "".join(syllables(typed))
    if len(letters) < 2 or (is_bare_syllable(letters) and not (capitals and typed.isupper())):
        return ()
    return _MEANINGS.get(letters) or _BARE.get(fold(letters)) or _joined(fold(letters))


def _joined(letters: str) -> tuple[Meaning, ...]:
    """Two known abbreviations in one ("ubndtp"); the first as long as possible, consonants only."""
    for cut in range(len(letters) - 2, 1, -1):
        first, second = _BARE.get(letters[:cut]), _BARE.get(letters[cut:])
        if first and second and cut >= 3:
            return (Meaning(first[0].words + second[0].words, 0.8),)
    return ()


def short_form(words: tuple[str, ...]) -> str | None:
    """Return the one abbreviation for these syllables ("thi", "đua", "khen", "thưởng" → "tđkt"), or None."""
    return _SHORT.get(words)
