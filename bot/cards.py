"""What is said of documents on their way: the card before a decision, the outcome of a job. Values in, words out."""

from __future__ import annotations

from collections.abc import Sequence

from bot import wording
from bot.domain.messages import Choice, Reply
from bot.domain.pace import says_how_long
from bot.domain.publishing import Examined, Intake, IntakeState, Job, JobKind, JobState

PREFIX = "doc"  # of pushed choices: "!doc:pub:12", "!doc:all:7"
MOST_CARDS = 3  # of one batch, each in a message of its own; more are listed in one
STOP = "stop"  # cancels a job: "!doc:stop:7"
_LISTED = 40
_NAMED = 5


def card(intake: Intake) -> Reply:
    """Return the card of a read document, with the decision on it."""
    found = intake.examined
    assert found is not None  # it was read
    if found.known:
        return Reply(f"“{intake.name}” là {found.name}, đã công bố đúng bản này rồi, không cần công bố lại.")
    issuer = f"{found.issuer} (suy ra từ nội dung)" if found.issuer and found.issuer_inferred else found.issuer
    lines = [f"Văn bản chờ công bố số {intake.id}: {found.name}"]
    lines += [found.subject] if found.subject else []
    lines.append(" · ".join(part for part in (found.date or "không ghi ngày", issuer or "không rõ cơ quan") if part))
    lines.append(f"Tệp {intake.name}, {wording.count(found.sections, 'mục')}")
    lines += _part("Quan hệ với văn bản khác:", found.relations)
    lines += _part("Nhiệm vụ có thời hạn:", found.duties) if found.duties else ["Không thấy nhiệm vụ có thời hạn."]
    lines += _part("Cần xem lại:", found.findings)
    if found.pages:
        pages = ", ".join(map(str, found.pages))
        lines.append(f"Chữ nhận dạng chưa chắc chắn ở trang {pages}: vào /quantri, trang Công bố để đối chiếu với ảnh.")
    lines.append("Công bố để mọi người tra cứu được văn bản này?")
    choices = (Choice(f"!{PREFIX}:pub:{intake.id}", "Công bố"), Choice(f"!{PREFIX}:no:{intake.id}", "Không công bố"))
    instead = f"Gõ /congbo {intake.id} để công bố, /khongcongbo {intake.id} để bỏ."
    return Reply("\n".join(lines), choices, instead=instead)


def _part(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"• {line}" for line in lines)] if lines else []


def read(job: Job, intakes: Sequence[Intake]) -> tuple[Reply, ...]:
    """Return what is said when the files of one batch were read: each card, or one list."""
    refused = [one for one in intakes if one.state is IntakeState.REFUSED]
    ready = [one for one in intakes if one.state is IntakeState.READY or (one.examined and one.examined.known)]
    replies = []
    if refused:
        lines = [f"Không nhận {wording.count(len(refused), 'tệp')}:"]
        lines += [f"• {one.name}: {one.reason}" for one in refused[:_LISTED]]
        lines += [f"và {len(refused) - _LISTED} tệp nữa."] if len(refused) > _LISTED else []
        replies.append(Reply("\n".join(lines)))
    if len(ready) <= MOST_CARDS:
        replies += [card(one) for one in ready]
    else:
        replies.append(_list(job, ready))
    return tuple(replies)


def _list(job: Job, ready: Sequence[Intake]) -> Reply:
    lines = [f"Đã đọc {wording.count(len(ready), 'văn bản')}:"]
    fresh = [one for one in ready if one.examined and not one.examined.known]
    for one in ready[:_LISTED]:
        found = one.examined
        if found is None:
            continue
        said = "đã công bố rồi" if found.known else _to_look_at(found)
        relation = found.relations[0] if found.relations else ""
        about = "; ".join(part for part in (said, relation) if part)
        lines.append(f"• Số {one.id}: {found.name}" + (f" ({about})" if about else ""))
    if len(ready) > _LISTED:
        lines.append(f"và {wording.count(len(ready) - _LISTED, 'văn bản nữa')}.")
    if not fresh:
        return Reply("\n".join([*lines, "Không có gì mới để công bố."]))
    lines.append("Gõ /congbo và số để xem từng văn bản. Công bố tất cả?")
    choices = (
        Choice(f"!{PREFIX}:all:{job.id}", f"Công bố cả {len(fresh)} văn bản"),
        Choice(f"!{PREFIX}:none:{job.id}", "Không công bố"),
    )
    return Reply("\n".join(lines), choices, instead="Gõ /congbo tatca để công bố tất cả, /khongcongbo tatca để bỏ.")


def _to_look_at(found: Examined) -> str:
    parts = [f"{len(found.findings)} điểm cần xem lại"] if found.findings else []
    parts += [f"{len(found.pages)} trang nhận dạng chưa chắc"] if found.pages else []
    return ", ".join(parts)


def published(intakes: Sequence[Intake], documents: int) -> Reply:
    """Return what is said when documents were published."""
    names = named([one.shown for one in intakes])
    return Reply(f"Đã công bố {names}. Mọi người hỏi được ngay. Kho có {wording.count(documents, 'văn bản')}.")


def done(job: Job) -> Reply:
    """Return what is said when a document was withdrawn or restored."""
    if job.kind is JobKind.WITHDRAW:
        return Reply(f"Đã gỡ {job.title} khỏi kho. Khi cần, anh/chị vào /vanban để khôi phục.")
    return Reply(f"Đã khôi phục {job.title}. Mọi người hỏi được ngay.")


def failed(job: Job, reason: str) -> Reply:
    """Return what is said when a job failed; a withdrawn document stays hidden."""
    if job.kind is JobKind.WITHDRAW:
        return Reply(f"{job.title} đã ẩn khỏi mọi câu trả lời, nhưng chưa gỡ được khỏi chỉ mục: {reason}")
    what = {"publish": "Chưa công bố được", "restore": "Chưa khôi phục được", "read": "Chưa đọc được"}[job.kind.value]
    return Reply(f"{what} {job.title}: {reason} Kho văn bản vẫn như cũ.")


def cancelled(job: Job) -> Reply:
    """Return what is said when a job was cancelled."""
    return Reply(f"Đã hủy: {job.kind.vietnamese.lower()} {job.title}. Kho văn bản vẫn như cũ.")


def progress(job: Job) -> str:
    """Return one line on a job: "Đọc tệp “a.pdf”: đang chạy, trang 3/12, còn khoảng 2 phút"."""
    parts = [job.state.vietnamese, *_reached(job)]
    if job.cancelling and job.state.open:
        parts.append("đang hủy")
    error = f": {job.error}" if job.error else ""
    return f"{job.kind.vietnamese} {job.title}: {', '.join(parts)}{error}"


def _reached(job: Job) -> list[str]:
    """Return how far a job is that runs: files, pages, percent, and how long it still takes."""
    if job.state is not JobState.RUNNING:
        return []
    found = []
    if job.kind is not JobKind.READ:
        found += [f"{100 * job.share:.0f} %"] if job.total else []
    elif job.total > 1:
        found.append(f"tệp {min(job.done + 1, job.total)}/{job.total}")
    if job.pages:
        found.append(f"trang {min(job.page + 1, job.pages)}/{job.pages}")
    if job.seconds_left:
        found.append(f"còn {says_how_long(job.seconds_left)}")
    return found


def live(job: Job) -> Reply:
    """Return the message that follows a job: how far it is, with what cancels it."""
    says = f"{progress(job)}."
    name = f"job:{job.id}"
    if not job.state.open or job.cancelling:
        return Reply(says, live=name)
    choices = (Choice(f"!{PREFIX}:{STOP}:{job.id}", "Hủy"),)
    return Reply(says, choices, instead="Gõ /lapchimuc huy để dừng việc này.", live=name)


def named(names: Sequence[str]) -> str:
    """Return names in one line, the many counted."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} và {wording.count(len(names) - _NAMED, 'văn bản khác')}"
