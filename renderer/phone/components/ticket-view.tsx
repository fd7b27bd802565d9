import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import { formatTime } from "../../i18n/format-time.ts";
import type { Store } from "../../ui/store.ts";
import type { CallAlert } from "../effects/call-alert.ts";
import type { Notifications } from "../effects/notifications.ts";
import type { Phone } from "../effects/poll.ts";
import type { PhoneMessageKey, Translate } from "../messages/messages.ts";
import styles from "../phone.module.css";
import { delayChoices, giveWayChoices, isOver, type PhoneEvent, type PhoneState } from "../state/state.ts";
import { CallAlertCard } from "./call-alert-card.tsx";
import { NotificationsCard } from "./notifications-card.tsx";
import { PlaceCard } from "./place-card.tsx";
import { TicketStatus } from "./ticket-status.tsx";

interface TicketViewProps {
	ticket: PhoneTicket;
	state: PhoneState;
	store: Store<PhoneState, PhoneEvent>;
	phone: Phone;
	t: Translate;
}

interface TicketPageProps extends TicketViewProps {
	language: Language;
	alert: CallAlert;
	notifications: Notifications;
}

export function TicketView({ ticket, state, store, phone, t, language, alert, notifications }: TicketPageProps) {
	const isWaiting = ticket.state === "waiting";
	return (
		<>
			<section className={styles.card} data-state={ticket.state}>
				<p className={styles.label}>{t("number")}</p>
				<p className={styles.number}>
					<bdi>{ticket.number}</bdi>
				</p>
				<p className={styles.topic}>{ticket.topic}</p>
				{ticket.nextTopics.map((topic) => (
					<p key={topic} className={styles.topic}>
						{t("then", { topic })}
					</p>
				))}
				{ticket.bookedAt !== null && !isOver(ticket.state) && (
					<p className={styles.topic}>
						{t(ticket.isLate ? "bookedLate" : "booked", {
							time: formatTime(ticket.bookedAt, language, ticket.timezone),
						})}
					</p>
				)}
				<div role={ticket.state === "called" ? "alert" : "status"} className={styles.status}>
					<TicketStatus ticket={ticket} t={t} language={language} />
				</div>
			</section>
			<p role="status" className={styles.notice}>
				{state.notice !== null && t(state.notice)}
			</p>
			{ticket.state === "finished" && <Rating ticket={ticket} disabled={state.isActing} phone={phone} t={t} />}
			{(isWaiting || ticket.state === "parked") && ticket.bring.length > 0 && (
				<Documents documents={ticket.bring} t={t} />
			)}
			{(isWaiting || ticket.state === "parked") && <CallAlertCard alert={alert} t={t} />}
			{(isWaiting || ticket.state === "parked") && <NotificationsCard notifications={notifications} t={t} />}
			{isWaiting && <Delay ticket={ticket} disabled={state.isActing} phone={phone} t={t} />}
			{isWaiting && <GiveWay ticket={ticket} disabled={state.isActing} phone={phone} t={t} />}
			{isWaiting && <Leave ticket={ticket} state={state} store={store} phone={phone} t={t} />}
			{!isOver(ticket.state) && <PlaceCard ticket={ticket} t={t} language={language} />}
		</>
	);
}

function Documents({ documents, t }: { documents: readonly string[]; t: Translate }) {
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{t("bring")}</h2>
			<ul className={styles.documents}>
				{documents.map((document) => (
					<li key={document}>{document}</li>
				))}
			</ul>
		</section>
	);
}

interface SectionProps {
	ticket: PhoneTicket;
	disabled: boolean;
	phone: Phone;
	t: Translate;
}

/** "I am late": others are called first for a while, and the place stays. */
function Delay({ ticket, disabled, phone, t }: SectionProps) {
	const choices = delayChoices(ticket);
	if (choices.length === 0) return null;
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{t("late")}</h2>
			<p className={styles.hint}>{t("lateHint")}</p>
			<div className={styles.row}>
				{choices.map((minutes) => (
					<button
						key={minutes}
						type="button"
						className={styles.secondary}
						disabled={disabled}
						onClick={() => void phone.act({ kind: "delay", version: ticket.version, minutes })}
					>
						{t("lateBy", { minutes })}
					</button>
				))}
			</div>
		</section>
	);
}

function GiveWay({ ticket, disabled, phone, t }: SectionProps) {
	const choices = giveWayChoices(ticket);
	if (choices.length === 0) return null;
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{t("giveWay")}</h2>
			<p className={styles.hint}>{t("giveWayHint")}</p>
			<div className={styles.row}>
				{choices.map((people) => (
					<button
						key={people}
						type="button"
						className={styles.secondary}
						disabled={disabled}
						aria-label={t("giveWayBy", { people })}
						onClick={() => void phone.act({ kind: "give-way", version: ticket.version, people })}
					>
						<bdi>{people}</bdi>
					</button>
				))}
			</div>
		</section>
	);
}

function Leave({ ticket, state, store, phone, t }: TicketViewProps) {
	const confirm = (isOpen: boolean) => store.dispatch({ type: "leave-confirmation", isOpen });
	if (!state.isConfirmingLeave) {
		return (
			<button type="button" className={styles.quiet} onClick={() => confirm(true)}>
				{t("leave")}
			</button>
		);
	}
	return (
		<section className={styles.card} role="alertdialog" aria-label={t("leaveSure")}>
			<p className={styles.title}>{t("leaveSure")}</p>
			<div className={styles.row}>
				<button type="button" className={styles.secondary} onClick={() => confirm(false)}>
					{t("stay")}
				</button>
				<button
					type="button"
					className={styles.danger}
					disabled={state.isActing}
					onClick={() => void phone.act({ kind: "leave", version: ticket.version })}
				>
					{t("leaveYes")}
				</button>
			</div>
		</section>
	);
}

const RATINGS = [1, 2, 3, 4, 5] as const;

function Rating({ ticket, disabled, phone, t }: SectionProps) {
	if (ticket.rating !== null) return <p className={styles.thanks}>{t("rated")}</p>;
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{t("rate")}</h2>
			<div className={styles.ratings}>
				{RATINGS.map((rating) => (
					<button
						key={rating}
						type="button"
						className={styles.secondary}
						disabled={disabled}
						onClick={() => void phone.act({ kind: "rating", rating })}
					>
						{t(`rating${rating}` satisfies PhoneMessageKey)}
					</button>
				))}
			</div>
		</section>
	);
}
