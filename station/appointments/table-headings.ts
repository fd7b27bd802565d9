/*
 * The headings under which booking systems and spreadsheets export what a booking needs: of Calendly, Cal.com, Acuity,
 * Fresha, Microsoft Bookings, Outlook in several languages, ZMS and systems in China (docs/reference/lists-of-bookings.md).
 * They are compared as foldHeading gives them.
 */

/** What a column may hold. Those beside a list's own columns only say whether a row is a booking. */
export type Meaning =
	| "code"
	| "date"
	| "time"
	| "topic"
	| "language"
	| "party"
	| "status"
	| "canceled"
	| "allDay"
	| "zone";

/** `Start Date & Time`, `start_date_time` and `startDateTime` are one heading. */
export function foldHeading(heading: string): string {
	return heading
		.normalize("NFKC")
		.replaceAll(/([a-z])([A-Z])/g, "$1 $2")
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
		.trim();
}

/** Codes that visitors have in hand, so that all of them must be codes that a person can type. */
export const TYPED_CODES = ["code", "booking code", "confirmation code", "预约码", "buchungscode"];

/** Titles of meetings. They may be topics, and may say that the meeting is cancelled. */
export const TITLES = ["subject", "title", "主题", "件名", "betreff", "objet"];

/** For each meaning its headings; where a table has several, the first group that it has counts. */
export const HEADINGS: Readonly<Record<Meaning, readonly (readonly string[])[]>> = {
	code: [
		TYPED_CODES,
		[
			...["confirmation number", "booking reference", "appointment reference", "reference", "booking number"],
			...["预约编号", "预约号", "预约单号", "预约序号", "订单号", "予約番号"],
			...["buchungsnummer", "terminnummer", "vorgangsnummer", "numéro de réservation"],
		],
		["invitee uuid", "booking uid", "booking id", "appointment id", "booking uuid"],
		["event uuid", "uid", "uuid"],
	],
	date: [
		[
			...["date", "start date", "appointment date", "scheduled date", "day"],
			...["预约日期", "开始日期", "到访日期", "日期", "開始日", "予約日"],
			...["beginnt am", "datum", "startdatum", "date de début", "fecha", "data inizio"],
		],
	],
	time: [
		[
			...[
				"time",
				"start",
				"start time",
				"start date time",
				"start date and time",
				"starts at",
				"date time",
				"date and time",
			],
			...["datetime", "appointment time", "scheduled time"],
			...["预约时间", "预约时段", "开始时间", "到访时间", "开始", "時間", "開始時刻", "予約日時"],
			...["beginnt um", "beginn", "uhrzeit", "startzeit", "uhrzeit ankunftszeit", "début", "heure de début", "hora"],
		],
	],
	topic: [
		["topic"],
		[
			...["service", "services", "service name", "service type"],
			...[
				"事项",
				"办理事项",
				"预约事项",
				"业务",
				"业务类型",
				"预约业务",
				"预约项目",
				"服务项目",
				"服务名称",
				"服务类型",
				"项目名称",
			],
			...["dienstleistung", "dienstleistungen", "anliegen", "leistung", "prestation"],
		],
		["event type name", "event type", "appointment type", "type"],
		["categories", "category", "类别", "分類", "kategorien", "kategorie", "catégories"],
		TITLES,
	],
	language: [["language", "语言", "言語", "sprache", "langue", "idioma"]],
	party: [["party", "party size", "people", "number of people", "人数", "预约人数", "personen", "anzahl personen"]],
	status: [
		["status", "booking status", "appointment status", "状态", "预约状态", "订单状态", "statut", "estado", "stato"],
	],
	canceled: [["canceled", "cancelled", "is canceled", "is cancelled", "是否取消", "storniert"]],
	allDay: [["all day event", "all day", "ganztägiges ereignis", "全天事件", "終日イベント", "journée entière"]],
	zone: [["timezone", "time zone", "zeitzone", "时区"]],
};

/** Words of headings that say nothing of whether or when there is a booking: the visitor, the end, money, forms. */
const UNREAD_WORDS = new Set(
	[
		"name first last email mail phone mobile telephone address client customer attendee attendees participants invitee user",
		"host staff team provider end ends duration created updated note notes description comment comments question response",
		"answer custom tracking location price paid payment currency amount pricing utm salesforce guest guests group calendar",
		"certificate label reminder meeting billing priority private sensitivity mileage required optional resources notifications",
		"telefon telefonnummer adresse ort kunde teilnehmer endet ende dauer erstellt beschreibung anmerkungen freitextfeld",
		"freitextfeld2 erinnerung besprechungsplanung besprechungsressourcen abrechnungsinformationen priorität privat",
		"vertraulichkeit reisekilometer zeitspanne lfd kürzel lieu fin emplacement rappel réunion facturation priorité privé",
		"kilométrage disponibilité diffusion obligatoires facultatifs",
	].flatMap((line) => line.split(" ")),
);
const UNREAD_HEADINGS = new Set([
	"date scheduled",
	"date rescheduled",
	"no",
	"nr",
	"scheduling method",
	"show time as",
]);
const UNREAD_PARTS = [
	...[
		"姓名",
		"客户",
		"用户",
		"预约人",
		"联系",
		"电话",
		"手机",
		"邮箱",
		"地址",
		"性别",
		"年龄",
		"证件",
		"身份证",
		"护照",
		"国籍",
	],
	...[
		"备注",
		"说明",
		"序号",
		"金额",
		"价格",
		"费用",
		"创建",
		"提交",
		"更新",
		"结束",
		"门店",
		"地点",
		"工作人员",
		"昵称",
	],
	...[
		"場所",
		"内容",
		"アラーム",
		"終了",
		"氏名",
		"名前",
		"出席者",
		"開催者",
		"リソース",
		"支払い",
		"経費",
		"秘密度",
		"優先度",
		"公開",
	],
];
/** What a cancellation or a visit that is over is told with, beside the column that says that it is one. */
const BESIDE_STATUS = new Set([
	"canceled by",
	"cancelled by",
	"cancellation reason",
	"marked as no show",
	"核销状态",
	"核销时间",
	"取消原因",
	"取消时间",
]);

/** Words that may say that there is no booking, whatever stands beside them. */
const TELLING = /status|cancel|delet|void|valid|activ|状态|取消|作废|失效|storn|abgesagt|annul/;

/** What a "yes" in a column that is not read would say. */
export type Doubt = "cancelled" | "booked" | "nothing";
const SAYS_CANCELLED = /cancel|delet|void|invalid|inactiv|取消|作废|失效|无效|storn|abgesagt|annul/;
const SAYS_BOOKED = /valid|activ|有效/;

export function doubtOf(folded: string, { hasStatus }: { hasStatus: boolean }): Doubt {
	if (hasStatus && BESIDE_STATUS.has(folded)) return "nothing";
	return SAYS_CANCELLED.test(folded) ? "cancelled" : SAYS_BOOKED.test(folded) ? "booked" : "nothing";
}

/** True where a column holds nothing that a booking needs, and nothing that alone could say that there is none. */
export function isUnread(folded: string, { hasStatus }: { hasStatus: boolean }): boolean {
	if (BESIDE_STATUS.has(folded)) return hasStatus;
	if (TELLING.test(folded)) return false;
	if (UNREAD_HEADINGS.has(folded) || UNREAD_PARTS.some((part) => folded.includes(part))) return true;
	return folded.split(" ").some((word) => UNREAD_WORDS.has(word));
}
