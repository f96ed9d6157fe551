"""Which fact a question asks for, by readable patterns; the words it uses for a unit whose duties are asked.

Patterns are written with diacritics and also match text typed without them (retrieval.pattern). Each has a weight:
how sure it makes one of the fact. Knows nothing of documents.
"""

from __future__ import annotations

from .model import Wanted
from .pattern import Lazy, compiled, lenient

_DOC = "văn bản|nghị quyết|nghị định|quyết định|chỉ thị|kế hoạch|luật|thông tư|công văn|chương trình|quy chế|hướng dẫn"
_PAPER = f"{_DOC}|thông báo|tờ trình|báo cáo|giấy mời"
_WHEN = "khi nào|bao giờ|lúc nào|ngày nào|ngày mấy|ngày bao nhiêu|hôm nào|tháng nào|tháng mấy|năm nào|thời gian nào"
_WHO = "ai|cơ quan nào|đơn vị nào|phòng nào|bộ phận nào|sở nào|cấp nào|tổ chức nào|người nào|chỗ nào|nơi nào"
_WHERE = rf"đâu|{_WHO}"
_SENT = "báo cáo|phản ánh|vướng mắc|khó khăn|hồ sơ|kết quả|đề xuất|đăng ký|kiến nghị|thông tin|danh sách|số liệu"
_HANDED = "đơn|đơn thư|khiếu nại|tố cáo|bài|bài dự thi|tác phẩm|phiếu|tiền|giấy tờ|sản phẩm|tài liệu|ý kiến|minh chứng"
# "đăng ký thi đua hôm nào" asks for no signature.
_SIGNED = r"(?<!đăng )(?<!dang )(?<!định )(?<!dinh )ký"
# "ai ký cấp chứng chỉ": what is signed is a paper that the document speaks of.
_NO_SIGNATURE = r"(?! (?:hiệu|kết|túc|tên vào|cấp|xác nhận|công nhận|nhận|hợp đồng|phiếu|đơn|lệnh|giấy(?! mời)))"
# "theo mẫu số mấy" asks for no document's number.
_NO_FORM = r"(?<!mẫu )(?<!mau )(?<!biểu )(?<!bieu )(?<!phụ lục )(?<!phu luc )"
_ACT = (
    "chịu trách nhiệm|chủ trì|tổng hợp|theo dõi|đôn đốc|phụ trách|tham mưu|hướng dẫn|kiểm tra|giám sát|phối hợp|"
    "thực hiện|tổ chức|triển khai|tuyên truyền|thẩm định|xây dựng|quyết định|xét|trình|báo cáo|bố trí|làm"
)

# (fact, weight, pattern). The heaviest match of a fact counts; facts are asked in the order of their weights.
_PATTERNS: tuple[tuple[Wanted, float, str], ...] = (
    (
        Wanted.SIGNER,
        3.0,
        rf"(?:{_WHO})(?: \w+){{0,3}} (?:là người )?(?<!thư )(?<!thu )(?<!đăng )(?<!dang )ký{_NO_SIGNATURE}",
    ),
    (
        Wanted.SIGNER,
        3.0,
        r"(?:chủ tịch|giám đốc|bộ trưởng|thứ trưởng|bí thư|chánh văn phòng|lãnh đạo|sếp) nào (?:đã )?ký",
    ),
    (
        Wanted.SIGNER,
        3.0,
        rf"(?:(?<!một )(?<!mot )người|ai|(?:ông|bà|vị|đồng chí) nào) ký{_NO_SIGNATURE}"
        r"|ký tên(?! vào)|chữ ký (?:của|là)",
    ),
    (Wanted.SIGNER, 3.0, rf"ai (?:thay mặt|đại diện|thừa lệnh|thừa ủy quyền) (?:\w+ ){{1,8}}ký{_NO_SIGNATURE}"),
    (
        Wanted.SIGNER,
        2.5,
        r"(?<!đăng )(?<!dang )(?<!định )(?<!dinh )(?<!thể )ký (?!số )(?:\w+ ){0,6}(?:là ai|tên gì|tên là gì)",
    ),
    (Wanted.SIGNER, 2.5, r"chức (?:vụ|danh)(?: gì)?(?: của)? (?:người|ông|bà|vị|đồng chí)(?: ký| này| đó| ấy)?"),
    (
        Wanted.SYMBOL,
        3.0,
        # Invoices, forms and places have signs, too.
        rf"số hiệu|mang số|số(?: và|,)? ký hiệu|ký hiệu (?:của )?(?:nó|{_PAPER})(?!\w)"
        rf"|(?:{_PAPER})(?: \S+)* (?:có |mang )?ký hiệu (?:là )?(?:gì|nào|bao nhiêu|thế nào)"
        r"|^(?:(?:thế|vậy|còn|nó|có|là) ){0,3}ký hiệu (?:là )?(?:gì|nào|bao nhiêu)|văn bản số nào|số văn bản",
    ),
    # Houses, counters and telephones have numbers, too.
    (Wanted.SYMBOL, 3.0, rf"(?:{_DOC})(?: \S+){{0,12}} {_NO_FORM}số (?:mấy|bao nhiêu(?! phần))"),
    (Wanted.SYMBOL, 3.0, rf"^(?:{_DOC})(?: \S+)* (?<!điện thoại )(?<!tài khoản ){_NO_FORM}số (?:mấy|bao nhiêu)$"),
    (Wanted.SYMBOL, 3.0, r"^(?:(?:thế|vậy|còn|nó|có|là) ){0,3}số (?:mấy|bao nhiêu(?! phần))"),
    (
        Wanted.SYMBOL,
        3.5,
        r"(?:ban hành (?:kèm )?|kèm )(?:theo )?(?:quyết định|văn bản) (?:nào|số (?:mấy|bao nhiêu|nào))",
    ),
    (Wanted.SYMBOL, 3.0, r"^số(?: và ngày(?: tháng)?)? của (?:nó|văn bản|kế hoạch|công văn|quyết định|thông báo)"),
    (
        Wanted.ISSUE_DATE,
        3.0,
        rf"(?:ban hành|{_SIGNED}|ra đời|(?<!diễn )(?<!xảy )ra)(?: \w+){{0,4}} (?:vào )?(?:{_WHEN})",
    ),
    (  # prices, results and lists are made known, too
        Wanted.ISSUE_DATE,
        3.0,
        rf"(?:^(?:\w+ ){{0,2}}|(?:{_DOC})(?: \S+)* )(?:công bố|thông qua)(?: \w+){{0,4}} (?:vào )?(?:{_WHEN})",
    ),
    (Wanted.ISSUE_DATE, 3.0, rf"(?:{_WHEN})(?: \w+){{0,8}} (?:được )?(?:ban hành|{_SIGNED})(?! (?:kết|hiệu))"),
    (Wanted.ISSUE_DATE, 2.8, r"(?:ngày|thời gian|thời điểm) (?:tháng (?:năm )?)?(?:ban hành|ký|ra)"),
    (
        Wanted.ISSUE_DATE,
        3.0,
        rf"^(?:\S+ ){{0,3}}(?:{_DOC}|thông báo|tờ trình)(?: \S+)* đề ngày (?:nào|mấy|bao nhiêu|tháng)",
    ),
    (  # what is held, begins, ends on some day is no document
        Wanted.ISSUE_DATE,
        2.0,
        rf"^(?!.* (?:hạn|gửi|nộp|báo cáo|hoàn thành) ).*(?:{_DOC}) (?:số )?\d[\w/ &-]*(?<! tổ chức)"
        rf"(?<! diễn ra)(?<! bắt đầu)(?<! kết thúc)(?<! họp)(?<! vào)"
        r"(?<! từ)(?<! trước) (?:là )?ngày (?:nào|mấy|bao nhiêu|tháng)",
    ),
    (Wanted.ISSUER, 3.0, rf"(?:{_WHO}) (?:đã |là nơi )?(?:ban hành|ra|phát hành)|(?:do|của) (?:{_WHO}) ban hành"),
    (
        Wanted.ISSUER,
        3.0,
        r"(?:cơ quan|đơn vị|nơi) (?:đã )?ban hành"
        r"(?!.* (?:vị trí|ở đâu|chỗ nào|mấy|bao nhiêu|khi nào|bao giờ|thế nào|ra sao|phải|làm gì))|ban hành bởi",
    ),
    # "ban hành theo tờ trình của cơ quan nào" asks for another document's issuer.
    (Wanted.ISSUER, 3.0, r"^(?:(?!theo |căn cứ |tờ trình )\S+ )*của cơ quan nào"),
    (
        Wanted.SUBJECT,
        3.0,
        r"về việc gì|về (?:vấn đề|nội dung|điều|cái|chuyện) gì|trích yếu(?!.* (?:viết|ghi|trình bày|nêu) )|bàn về gì"
        r"|nói về gì$",
    ),
    (Wanted.SUBJECT, 2.5, r"(?:nói|quy định|là) về gì|về gì$|về cái gì|chủ đề là gì"),
    (Wanted.SUBJECT, 2.5, rf"(?:{_DOC}) (?:số )?\d\S* (?:là )?(?:hướng dẫn|quy định|chỉ đạo|yêu cầu)(?: \w+)? gì$"),
    # What somebody checks, or a meeting is on, is no subject of a document: "kiểm tra nội dung gì".
    (
        Wanted.SUBJECT,
        2.5,
        r"nội dung chính(?: \S+){0,10} gì"
        rf"|(?:{_DOC})(?: \S+){{0,4}} (?:có )?nội dung (?:là )?gì|^nội dung (?:là )?gì",
    ),
    (Wanted.RECIPIENTS, 3.4, rf"kính gửi (?:cho |đến |tới )?(?:những |các )?(?:{_WHERE}|bộ nào|sở nào|phòng nào)"),
    (
        Wanted.RECIPIENTS,
        3.0,
        rf"nơi nhận(?! (?:{_SENT}|{_HANDED}|tin|khai báo)(?: |$))"
        r"|(?:được )?gửi cho những (?:ai|đâu|(?:cơ quan|đơn vị|nơi|bộ|sở|ban|ngành) nào)",
    ),
    (
        Wanted.RECIPIENTS,
        3.2,
        rf"^(?:{_DOC})(?:(?! (?:{_SENT}|{_HANDED}|nộp)(?: |$)) \S+){{0,12}} (?:gửi|chuyển)(?: cho| đến| tới| về)?"
        rf"(?: những)? (?:{_WHERE})",
    ),
    # Who gets the document: "đơn tố cáo chuyển cho ai" asks for what the document says.
    (
        Wanted.RECIPIENTS,
        1.5,
        rf"(?:{_DOC}|thông báo|giấy mời|(?<!đơn )(?<!don )(?<!hòm )(?<!hom )thư)"
        rf"(?:(?! (?:{_SENT}|{_HANDED}|nộp)(?: |$)) \S+){{0,8}} gửi "
        rf"(?:cho |đến |tới |đi )?(?:những )?(?:{_WHERE})",
    ),
    (
        Wanted.RECIPIENTS,
        1.5,
        rf"^(?:(?:thế|vậy|còn|rồi|thì|nó|được|cái|bản|này|đó) ){{0,3}}(?:gửi|chuyển) (?:cho |đến |tới |đi )?(?:những )?"
        rf"(?:{_WHERE})",
    ),
    (Wanted.RECIPIENTS, 1.5, rf"(?:{_WHO}) (?:được )?nhận (?:văn bản|kế hoạch|công văn|chỉ thị)"),
    (
        Wanted.REPORT_TO,
        3.0,
        rf"(?:{_SENT})(?: \S+){{0,14}} (?:gửi|nộp|về|chuyển|lên|cho|trình)(?: về| cho| đến| tới| lên| qua)? "
        rf"(?:{_WHERE})",
    ),
    (Wanted.REPORT_TO, 2.5, r"(?:gửi|nộp|báo cáo)(?: \S+){0,4} (?:về|cho|lên|ở|tại|tới|qua) (?:đâu|ai)"),
    (Wanted.REPORT_TO, 2.5, rf"(?:gửi|nộp) (?:{_SENT})(?: \S+){{0,6}} (?:về|cho|lên|đến|tới|ở|qua) (?:{_WHERE})"),
    (Wanted.DEADLINE, 3.0, r"hạn chót|hạn cuối|deadline|chậm nhất|muộn nhất|trước ngày nào|còn (?:mấy|bao nhiêu) ngày"),
    # "Còn mấy nhiệm vụ quá hạn" counts tasks; "quá hạn thì sao" asks what follows.
    (
        Wanted.DEADLINE,
        3.0,
        r"^(?!.*(?:bao nhiêu|mấy) (?!ngày|hôm|lâu))"
        r"(?!.*hạn(?: \S+){0,6} (?:thì|có|sẽ|là)? ?(?:sao|bị|phạt|xử lý|xử phạt|trừ|kỷ luật|làm gì|làm sao)(?: |$))"
        r".*(?:quá hạn|trễ hạn|đến hạn|hết hạn nộp|kịp hạn)",
    ),
    (
        Wanted.DEADLINE,
        2.8,
        r"(?<!có )(?<!có thời )(?<!co thoi )(?:thời )?hạn (?:\S+ ){0,2}"
        r"(?:báo cáo|nộp|gửi|hoàn thành|đăng ký|trình|của|là|thực hiện)",
    ),
    (
        Wanted.DEADLINE,
        2.6,
        rf"(?:{_WHEN})(?: \S+){{0,16}} (?:báo cáo|nộp|gửi|hoàn thành|xong|trình|đăng ký|tổng kết|sơ kết)",
    ),
    (
        Wanted.DEADLINE,
        2.6,
        rf"(?:báo cáo|nộp|gửi|hoàn thành|xong|trình|đăng ký|tổng kết|sơ kết)(?: \S+){{0,12}} (?:{_WHEN})",
    ),
    (Wanted.DEADLINE, 2.0, r"bao lâu (?:phải )?(?:báo cáo|một lần)|mấy (?:tháng|lần)(?: \S+){0,3} báo cáo|ngày hạn"),
    # "Đình chỉ có thời hạn" is no deadline.
    (
        Wanted.DEADLINE,
        1.2,
        r"(?<!quá )(?<!trễ )(?<!tre )(?<!hết )(?<!het )(?<!có )(?<!có thời )(?<!co thoi )(?:thời )?hạn",
    ),
    (
        Wanted.PERIOD,
        2.8,
        rf"(?:kéo dài|diễn ra|thực hiện|áp dụng|triển khai|phát động|bắt đầu|kết thúc)(?: \S+){{0,8}} "
        rf"(?:đến |từ |vào |trong )?(?:{_WHEN}|bao lâu|giai đoạn nào)",
    ),
    (Wanted.PERIOD, 2.8, r"thời gian (?:thực hiện|áp dụng|triển khai|tổ chức|phát động|diễn ra|thi đua)"),
    (Wanted.PERIOD, 2.8, r"từ (?:ngày|khi|năm) nào đến|giai đoạn nào|hiệu lực|đến hết (?:ngày|năm|khi) nào"),
    (
        Wanted.LEGAL_BASES,
        2.8,
        rf"(?:căn cứ|theo|dựa trên|dựa vào|cụ thể hóa|viện dẫn|thực hiện|triển khai)(?: \S+){{0,3}} (?:những |các )?"
        rf"(?:{_DOC})(?: \S+){{0,4}} nào",
    ),
    # Another document's number: "thực hiện theo công văn số mấy của Sở"; "kế hoạch thực hiện chỉ thị 5 số mấy" is not.
    (
        Wanted.LEGAL_BASES,
        3.4,
        rf"(?:căn cứ|theo|dựa trên|dựa vào|thực hiện|tại)(?: \S+){{0,3}} (?:{_DOC}|tờ trình|thông báo) "
        r"số (?:mấy|bao nhiêu|nào)",
    ),
    (Wanted.LEGAL_BASES, 2.8, r"(?:theo|căn cứ) (?:tờ trình|thông báo|công điện)(?: \S+){0,3} nào"),
    (
        Wanted.LEGAL_BASES,
        2.8,
        r"căn cứ (?:pháp lý|ban hành|(?:vào|theo) (?:đâu|những gì|gì)(?! (?:để|mà|khi)))|cơ sở pháp lý"
        r"|căn cứ (?:nào|gì)",
    ),
    (Wanted.LEGAL_BASES, 2.0, r"căn cứ(?! (?:vào |theo )?(?:đâu|gì|những gì) (?:để|mà|khi))|viện dẫn"),
    (Wanted.CRITERIA, 2.4, r"tiêu chí|tiêu chuẩn"),
    (Wanted.CRITERIA, 1.6, r"điều kiện (?:để|xét|khen|được|nào|gì|công nhận)"),
    (
        Wanted.AWARDS,
        2.6,
        r"hình thức khen(?: thưởng)?|khen thưởng (?:bằng|gồm|những)(?: \S+){0,3}|danh hiệu (?:nào|gì)",
    ),
    (Wanted.AWARDS, 2.2, r"(?:được|mức) (?:khen|thưởng)(?: \S+){0,2} (?:gì|những gì|bao nhiêu|thế nào)|tiền thưởng"),
    (Wanted.AWARDS, 1.8, r"khen thưởng(?: \S+){0,4} (?:gì|nào|những gì|thế nào|ra sao)|khen (?:ai|gì|những ai)"),
    (
        Wanted.DUTIES,
        2.4,
        r"(?:trách nhiệm|nhiệm vụ|phần việc)(?: cụ thể| chính)?(?: là)? (?:gì|nào|thế nào|ra sao|như)",
    ),
    (
        Wanted.DUTIES,
        2.2,
        r"(?:phải|cần|nên|được giao|sẽ|có) (?:làm|thực hiện|triển khai)(?: \S+){0,2} (?:gì|việc gì|nào)"
        r"(?! (?:với|đối với|khi|nếu))",
    ),
    (
        Wanted.DUTIES,
        2.2,
        r"(?:được )?(?:giao|phân công)(?: \S+){0,2} (?:gì|việc gì|nào)"
        r"|làm (?:những )?(?:gì|việc gì)(?! (?:với|đối với|khi|nếu))",
    ),
    (Wanted.DUTIES, 2.0, r"trách nhiệm của|nhiệm vụ của"),
    (Wanted.RESPONSIBLE, 2.4, rf"(?:{_WHO})(?: \S+){{0,4}} (?:{_ACT})"),
    (Wanted.RESPONSIBLE, 2.4, rf"(?:giao|thuộc về|do|trách nhiệm của) (?:{_WHO})"),
)
_DOUBT = 0.5
# Words of which one stands wherever a pattern of the fact matches.
_NEEDS = {
    Wanted.SIGNER: "ký|chức",
    Wanted.SYMBOL: "số|ký hiệu|quyết định|văn bản",
    Wanted.ISSUE_DATE: "ban hành|ký|ra|công bố|thông qua|ngày",
    Wanted.ISSUER: "hành|ra|của cơ quan nào",
    Wanted.SUBJECT: "gì|trích yếu",
    Wanted.RECIPIENTS: "gửi|chuyển|nhận",
    Wanted.REPORT_TO: "đâu|ai|nào",
    Wanted.DEADLINE: "hạn|deadline|nhất|nào|giờ|mấy|bao",
    Wanted.PERIOD: "nào|giờ|mấy|bao|thời gian|hiệu lực",
    Wanted.LEGAL_BASES: "nào|số|căn cứ|pháp lý|viện dẫn",
    Wanted.CRITERIA: "tiêu|điều kiện",
    Wanted.AWARDS: "khen|danh hiệu|thưởng",
    Wanted.DUTIES: "gì|nào|trách nhiệm|nhiệm vụ|phần việc",
    Wanted.RESPONSIBLE: "ai|nào",
}
_COMPILED = tuple((wanted, weight, compiled(pattern, _NEEDS[wanted])) for wanted, weight, pattern in _PATTERNS)

# A body: a word for one, then its name, up to a word that goes on with the sentence.
_BODY = (
    "ủy ban|hội đồng|văn phòng|công đoàn|chi đoàn|đoàn thanh niên|đảng ủy|chi bộ|trung tâm|thủ trưởng|lãnh đạo|"
    "người đứng đầu|chủ tịch|giám đốc|mặt trận|liên đoàn|"
    "(?<!trưởng )(?<!truong )ban|bộ|(?<!cơ )(?<!co )sở|(?<!trưởng )(?<!truong )phòng|chi cục|cục|công an|"
    "báo(?! cáo)|đài|hội(?! nghị)|trường|"
    "bệnh viện|cơ quan|đơn vị|tổ chức|cá nhân|công chức|viên chức|cán bộ|cấp ủy|thường trực|tổ|kho bạc"
)
_GOES_ON = (
    "phải|có|cần|được|làm|sẽ|nên|trong|theo|tại|ở|đối với|về|khi|là|thì|chỉ thị|kế hoạch|quyết định|nghị quyết|"
    "quy chế|gì|nào|thế nào|như|ra sao|để|chịu|thực hiện|trách nhiệm|nhiệm vụ|này|đó|năm|gửi|nộp|lên|hỏi|xin|muốn|đã|"
    "không|chưa"
)
# "Phòng Kế hoạch - Tài chính": there the kind of a document is part of the name.
_PLANNING = r"(?:(?<=phòng)|(?<=sở)|(?<=bộ)|(?<=ban)) kế hoạch(?= (?:tài chính|đầu tư|và|tổng hợp|nghiệp vụ))"
_NAME = rf"(?:các |những )?(?:{_BODY})(?:{_PLANNING})?(?:(?! (?:{_GOES_ON})(?: |$)) [^\W\d]+){{0,14}}"
_UNIT_BEFORE = compiled(
    rf"({_NAME}) (?:phải|cần|có (?:các |những )?(?:trách nhiệm|nhiệm vụ)|được giao|sẽ|nên|làm (?:gì|những)|"
    r"chịu trách nhiệm|thực hiện (?:gì|những|nhiệm vụ))",
    needs="phải|cần|trách nhiệm|nhiệm vụ|được giao|sẽ|nên|làm|thực hiện",
)
_UNIT_AFTER = compiled(
    rf"(?:trách nhiệm|nhiệm vụ|phần việc|công việc)(?: chính| cụ thể)? (?:của|thuộc về) ({_NAME})", needs="của|thuộc về"
)
_BODY_START = compiled(rf"(?:các |những )?(?:{_BODY})")
_AND = Lazy(rf" (?:và|hay|hoặc) (?=(?:các |những )?(?:{_BODY})(?: |$))", write=lenient)


def wanted(text: str, typed: str = "") -> tuple[Wanted, ...]:
    """Return the facts `text` (normalised, lower case, corrected) asks for, likeliest first, PASSAGE at the end.

    `typed`: the same without any marks restored, for questions typed without; what only it says counts less, since
    "ky" may have been another word.
    """
    weights: dict[Wanted, float] = {}
    for words, doubt in ((text, 0.0), (typed, _DOUBT)):
        for fact, weight, pattern in _COMPILED if words else ():
            if weight - doubt > weights.get(fact, 0.0) and pattern.search(words):
                weights[fact] = weight - doubt
    return (*sorted(weights, key=lambda fact: -weights[fact]), Wanted.PASSAGE)


def units(text: str) -> tuple[str, ...]:
    """Return the bodies whose duties `text` asks for, as it names them: ("công đoàn cơ sở",)."""
    found = [match.group(1) for pattern in (_UNIT_AFTER, _UNIT_BEFORE) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(part.strip() for name in found for part in _AND.split(name)))


def body(phrase: str) -> str | None:
    """Return `phrase` where it names a body ("công đoàn cơ sở"), else None."""
    return phrase if _BODY_START.match(phrase) else None
