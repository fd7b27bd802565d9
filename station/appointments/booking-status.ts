/** `over`: the visit has been. */
export type Status = "booked" | "cancelled" | "over" | "unknown";

const words = (...lines: readonly string[]) => new Set(lines.flatMap((line) => line.split(", ")));

/**
 * The words with which booking systems say whether a booking holds. Whether an unknown word cancels cannot be told, so
 * the list is refused with it.
 */
const BOOKED = words(
	"booked, confirmed, confirm, accepted, active, approved, tentative, reserved, scheduled, upcoming, ok, yes",
	"已预约, 已确认, 预约成功, 有效, 正常, 待到访, 已预定, 已预订, 待核销, 未核销, 未使用, 待使用, 已通过",
	"gebucht, bestätigt, confirmé, confirmée",
);
const CANCELLED = words(
	"cancelled, canceled, cancel, cancelled by customer, withdrawn, deleted, declined, revoked, rejected",
	"已取消, 取消, 已撤销, 已作废, 作废, 已退订, 失效, 已拒绝",
	"storniert, abgesagt, annulé, annulée",
);
const OVER = words(
	"completed, finished, attended, checked in, no-show, no show, noshow",
	"已完成, 已到访, 已签到, 已核销, 爽约, 未到, 已过期",
	"erledigt, nicht erschienen",
);

export function readStatus(text: string): Status {
	const plain = text.trim().normalize("NFKC").toLowerCase();
	if (plain === "" || BOOKED.has(plain)) return "booked";
	return CANCELLED.has(plain) ? "cancelled" : OVER.has(plain) ? "over" : "unknown";
}

/** What Outlook in several languages, and people, write into the title of a meeting that they cancel. */
const WORD =
	"cancell?ed|已取消|取消|abgesagt|storniert|annulée?|annullat[oa]|cancelad[oa]|geannuleerd|отменено|キャンセル(?:済み)?|취소됨?|đã hủy|zrušeno|odwołan[aoey]|anulowan[aoey]|inställ[dt]|avlyst|aflyst|peruttu|iptal edildi";
/** What Outlook puts before the title of an invitation that is turned down. */
const DECLINED = "declined|abgelehnt|refusée?|rifiutat[oa]|rechazad[oa]|已拒绝|已谢绝";
const CANCELLED_TITLES = [
	// "Canceled: Work permit", "Declined: Work permit", "Cancelled - Work permit", and the word alone
	new RegExp(String.raw`^(?:${WORD}|${DECLINED}|cancell?ation)\s*[:：|]`, "i"),
	new RegExp(String.raw`^(?:${WORD})(?:\s+[-–—]\s.*)?$`, "i"),
	// "[Cancelled] Work permit", "Work permit (cancelled)"
	new RegExp(String.raw`^[[(（［【<*]\s*(?:${WORD})\s*[\])）］】>*]`, "i"),
	new RegExp(String.raw`[[(（［【]\s*(?:${WORD})\s*[\])）］】]$`, "i"),
	// "Work permit - cancelled", "Work permit CANCELLED", "Work permit cancelled by client"
	new RegExp(String.raw`\s*[-–—|:：]\s*(?:${WORD})$`, "i"),
	/\sCANCELL?ED$/,
	/\bcancell?ed by\b/i,
	// 取消 alone could be what the visitor wants; 已取消 has happened.
	/^已取消/,
	// "CANCELLED Work permit" shouts what "Cancelled visa" may only be about.
	/^CANCELL?ED\s/,
];
/** A mail that was answered or sent on, as often as that was done. */
const MAIL_PREFIX = /^(?:(?:fwd?|re|aw|wg|tr|rv|转发|答复|回复)\s*[:：]\s*)+/i;

/** A sign or picture before the first word. */
const ORNAMENT = /^[^\p{L}\p{N}[(（［【<*]+/u;

/** Whether a title says that its meeting is cancelled, as in Outlook, which keeps such a meeting. */
export function isCancelledTitle(title: string): boolean {
	const own = title.trim().replace(MAIL_PREFIX, "").replace(ORNAMENT, "");
	return CANCELLED_TITLES.some((form) => form.test(own));
}

const YES = words("true, yes, y, 1, on, ein, ja, wahr, vrai, oui, 是, オン");
const NO = words("false, no, n, 0, off, aus, nein, falsch, faux, non, 否, オフ");

/** Whether a column such as "Canceled" says yes; undefined where it cannot be told. */
export function readYesOrNo(text: string): boolean | undefined {
	const plain = text.trim().normalize("NFKC").toLowerCase();
	if (plain === "" || NO.has(plain)) return false;
	return YES.has(plain) ? true : undefined;
}
