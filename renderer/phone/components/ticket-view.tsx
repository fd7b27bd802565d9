import { useEffect, useRef } from "react";
import type { Language } from "../../../protocol/model/language.ts";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import type { Wait } from "../../../protocol/model/ticket.ts";
import { formatDuration, needsHours } from "../../i18n/format-duration.ts";
import type { Store } from "../../ui/store.ts";
import type { Phone } from "../effects/poll.ts";
import type { PhoneMessageKey, Translate } from "../messages/messages.ts";
import styles from "../phone.module.css";
import { giveWayChoices, type PhoneEvent, type PhoneState } from "../state/state.ts";

interface TicketViewProps {
	ticket: PhoneTicket;
	state: PhoneState;
	store: Store<PhoneState, PhoneEvent>;
	phone: Phone;
	t: Translate;
}

export function TicketView({ ticket, state, store, phone, t, language }: TicketViewProps & { language: Language }) {
	useVibration(ticket);
	const isWaiting = ticket.state === "waiting";
	return (
		<>
			<section className={styles.card} data-state={ticket.state}>
				<p className={styles.label}>{t("number")}</p>
				<p className={styles.number}>
					<bdi>{ticket.number}</bdi>
				</p>
				<p className={styles.topic}>{ticket.topic}</p>
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
			{isWaiting && <GiveWay ticket={ticket} disabled={state.isActing} phone={phone} t={t} />}
			{isWaiting && <Leave ticket={ticket} state={state} store={store} phone={phone} t={t} />}
		</>
	);
}

function TicketStatus({ ticket, t, language }: { ticket: PhoneTicket; t: Translate; language: Language }) {
	const { state, counter, ahead, wait } = ticket;
	switch (state) {
		case "waiting":
			if (ahead === 0) return <StatusText title={t("next")} hint={t("nextHint")} />;
			return (
				<>
					<dl className={styles.figures}>
						<div>
							<dt>{t("ahead")}</dt>
							<dd>
								<bdi>{ahead}</bdi>
							</dd>
						</div>
						{wait !== null && (
							<div>
								<dt>{t("wait")}</dt>
								<dd>
									<bdi>{formatWait(t, wait, language)}</bdi>
								</dd>
							</div>
						)}
					</dl>
					<p className={styles.hint}>{t("waitingHint")}</p>
				</>
			);
		case "called":
			return <StatusText title={t("called", { counter: counter ?? "" })} />;
		case "serving":
			return <StatusText title={t("serving", { counter: counter ?? "" })} />;
		case "parked":
			return <StatusText title={t("parked")} hint={t("parkedHint")} />;
		case "missed":
			return <StatusText title={t("missed")} hint={t("missedHint")} />;
		case "finished":
			return <StatusText title={t("finished")} />;
		case "cancelled":
			return <StatusText title={t("cancelled")} hint={t("cancelledHint")} />;
	}
}

function formatWait(t: Translate, { minMinutes, maxMinutes }: Wait, language: Language): string {
	if (!needsHours(maxMinutes)) return t("minutes", { from: minMinutes, to: maxMinutes });
	const to = formatDuration(maxMinutes, language);
	return minMinutes === maxMinutes ? to : t("rangeHours", { from: formatDuration(minMinutes, language), to });
}

function StatusText({ title, hint }: { title: string; hint?: string }) {
	return (
		<>
			<p className={styles.statusTitle}>{title}</p>
			{hint !== undefined && <p className={styles.hint}>{hint}</p>}
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

/** Vibrates once per call, on phones that can. */
function useVibration({ state, version }: PhoneTicket): void {
	const vibratedVersion = useRef(0);
	useEffect(() => {
		if (state !== "called" || vibratedVersion.current === version) return;
		vibratedVersion.current = version;
		navigator.vibrate?.([200, 100, 200]);
	}, [state, version]);
}
