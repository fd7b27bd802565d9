import type { EventType } from "../../../protocol/events/event.ts";
import type { DeviceKind } from "../../../protocol/model/device.ts";
import type { Language } from "../../../protocol/model/language.ts";
import type { AuditEntry, PauseReason, StaffRole } from "../../../protocol/model/staff.ts";
import type { TicketClass } from "../../../protocol/model/ticket.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import type { Messages } from "../messages/messages.ts";
import { cancelReasonMessage, outcomeMessage, PAUSE_MESSAGES, ticketStateMessage } from "../messages/model-messages.ts";
import type { SupervisionMessageKey, SupervisionTranslate } from "./messages.ts";

export interface ActivityContext {
	messages: Messages;
	t: SupervisionTranslate;
	/** A topic's name by its id. */
	topicName(id: string): string;
	clock(instant: number): string;
}

type Data = AuditEntry["data"];
type KeyOf = (data: Data) => SupervisionMessageKey;

/** The sentence of each event. Some events have several, by what they say. */
const KEYS: Readonly<Record<EventType, SupervisionMessageKey | KeyOf>> = {
	"ticket.issued": "activity_ticket.issued",
	"ticket.called": "activity_ticket.called",
	"ticket.recalled": "activity_ticket.recalled",
	"ticket.started": "activity_ticket.started",
	"ticket.finished": "activity_ticket.finished",
	"ticket.continued": "activity_ticket.continued",
	"ticket.referred": "activity_ticket.referred",
	"ticket.returned": ({ notBefore }) =>
		typeof notBefore === "number" ? "activity_ticket.returned-later" : "activity_ticket.returned",
	"ticket.parked": "activity_ticket.parked",
	"ticket.transferred": ({ reservedFor }) =>
		typeof reservedFor === "string" ? "activity_ticket.transferred-counter" : "activity_ticket.transferred",
	"ticket.priority-set": "activity_ticket.priority-set",
	"ticket.delayed": "activity_ticket.delayed",
	"ticket.yielded": "activity_ticket.yielded",
	"ticket.rated": "activity_ticket.rated",
	"ticket.noted": ({ note }) => (typeof note === "string" ? "activity_ticket.noted" : "activity_ticket.note-removed"),
	"ticket.cancelled": "activity_ticket.cancelled",
	"queue.cleared": "activity_queue.cleared",
	"ticket.undone": "activity_ticket.undone",
	"ticket.missed": "activity_ticket.missed",
	"visit.expected": "activity_visit.expected",
	"visit.withdrawn": "activity_visit.withdrawn",
	"counter.staffed": "activity_counter.staffed",
	"counter.left": "activity_counter.left",
	"counter.paused": ({ reason }) =>
		typeof reason === "string" ? "activity_counter.paused-for" : "activity_counter.paused",
	"counter.resumed": "activity_counter.resumed",
	"counter.configured": ({ setting }) =>
		Array.isArray(memberOf(setting, "topics")) ? "activity_counter.configured" : "activity_counter.configured-all",
	"site.closed": "activity_site.closed",
	"site.reopened": "activity_site.reopened",
	"topic.configured": ({ setting }) => {
		if (memberOf(setting, "open") === false) return "activity_topic.closed";
		return memberOf(setting, "quota") === null ? "activity_topic.opened" : "activity_topic.limited";
	},
	"help.requested": "activity_help.requested",
	"help.answered": "activity_help.answered",
	"staff.saved": "activity_staff.saved",
	"staff.removed": "activity_staff.removed",
	"staff.locked": "activity_staff.locked",
	"staff.unlocked": "activity_staff.unlocked",
	"device.code-created": "activity_device.code-created",
	"device.paired": "activity_device.paired",
	"device.removed": "activity_device.removed",
	"print.sending": "activity_print.sending",
	"print.sent": "activity_print.sent",
	"print.confirmed": "activity_print.confirmed",
	"print.doubtful": "activity_print.doubtful",
	"print.requeued": "activity_print.requeued",
	"print.failed": "activity_print.failed",
	"print.reprinted": "activity_print.reprinted",
	"printer.roll-changed": "activity_printer.roll-changed",
	"command.settled": "activity_command.settled",
	"document.applied": "activity_document.applied",
	"event.duplicate": "activity_event.duplicate",
};

/** An entry of the activity log as a sentence; for an event that is newer than this screen, its type. */
export function activitySentence(
	entry: Pick<AuditEntry, "type" | "number" | "data" | "account">,
	context: ActivityContext,
): string {
	const { type, number, data, account } = entry;
	if (!isKnown(type)) return type;
	const key = KEYS[type];
	return context.t(typeof key === "function" ? key(data) : key, {
		number: number ?? context.t("activityUnknownTicket"),
		account: account ?? context.t("activityUnknownAccount"),
		...valuesOf(data, context),
	});
}

function isKnown(type: string): type is EventType {
	return Object.hasOwn(KEYS, type);
}

/** How each member of an event's data reads in a sentence. Members without a row are ids and what only programs need. */
const FORMATS: Readonly<Record<string, (value: string, context: ActivityContext) => string>> = {
	counter: (counter) => counter,
	reservedFor: (counter) => counter,
	site: (site) => site,
	name: (name) => name,
	note: (note) => note,
	calls: (calls) => calls,
	copy: (copy) => copy,
	tickets: (tickets) => tickets,
	rating: (rating) => rating,
	version: (version) => version,
	topic: (topic, { topicName }) => topicName(topic),
	next: (topic, { topicName }) => topicName(topic),
	notBefore: (instant, { clock }) => clock(Number(instant)),
	until: (instant, { clock }) => clock(Number(instant)),
	at: (instant, { clock }) => clock(Number(instant)),
	language: (language, { messages }) => languageNameIn(language as Language, messages.language),
	state: (state, { messages }) => ticketStateMessage(state, messages),
	outcome: (outcome, { messages }) => outcomeMessage(outcome, messages),
	reason: (reason, { messages }) =>
		isPauseReason(reason) ? messages.t(PAUSE_MESSAGES[reason]) : cancelReasonMessage(reason, messages),
	class: (ticketClass, { t }) => t(`class_${ticketClass as TicketClass}`),
	role: (role, { t }) => t(`role_${role as StaffRole}`),
	kind: (kind, { t }) => (isDeviceKind(kind) ? t(`deviceKind_${kind}`) : kind),
};

function valuesOf(data: Data, context: ActivityContext): Record<string, string> {
	const values: Record<string, string> = {};
	const { setting, restored } = data;
	const members = { ...data, state: memberOf(restored, "state") ?? data.state };
	for (const [name, value] of Object.entries(members)) {
		const format = FORMATS[name];
		if (format && (typeof value === "string" || typeof value === "number"))
			values[name] = format(String(value), context);
	}
	const topics = memberOf(setting, "topics");
	if (Array.isArray(topics)) values.topics = topics.map((id) => context.topicName(String(id))).join(" · ");
	const quota = memberOf(setting, "quota");
	if (typeof quota === "number") values.quota = String(quota);
	return values;
}

function memberOf(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

const isPauseReason = (reason: string): reason is PauseReason => Object.hasOwn(PAUSE_MESSAGES, reason);
const isDeviceKind = (kind: string): kind is DeviceKind => kind === "desk" || kind === "board" || kind === "kiosk";
