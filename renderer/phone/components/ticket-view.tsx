import { useEffect, useRef } from "react";
import type { PhoneTicket } from "../../../protocol/model/phone.ts";
import type { Store } from "../../ui/store.ts";
import type { Phone } from "../effects/poll.ts";
import type { PhoneWord, Say } from "../messages/messages.ts";
import styles from "../phone.module.css";
import { type PhoneEvent, type PhoneState, peopleToOffer } from "../state/state.ts";

interface TicketViewProps {
	ticket: PhoneTicket;
	state: PhoneState;
	store: Store<PhoneState, PhoneEvent>;
	phone: Phone;
	say: Say;
}

export function TicketView({ ticket, state, store, phone, say }: TicketViewProps) {
	useVibration(ticket);
	const waiting = ticket.state === "waiting";
	return (
		<>
			<section className={styles.card} data-state={ticket.state}>
				<p className={styles.label}>{say("number")}</p>
				<p className={styles.number}>
					<bdi>{ticket.number}</bdi>
				</p>
				<p className={styles.topic}>{ticket.topic}</p>
				<div role={ticket.state === "called" ? "alert" : "status"} className={styles.now}>
					<NowLine ticket={ticket} say={say} />
				</div>
			</section>
			<p role="status" className={styles.notice}>
				{state.notice !== null && say(state.notice)}
			</p>
			{ticket.state === "finished" && <Rating ticket={ticket} disabled={state.acting} phone={phone} say={say} />}
			{(waiting || ticket.state === "parked") && ticket.bring.length > 0 && <Bring bring={ticket.bring} say={say} />}
			{waiting && <GiveWay ticket={ticket} disabled={state.acting} phone={phone} say={say} />}
			{waiting && <Leave ticket={ticket} state={state} store={store} phone={phone} say={say} />}
		</>
	);
}

function NowLine({ ticket, say }: { ticket: PhoneTicket; say: Say }) {
	const { state, counter, ahead, wait } = ticket;
	switch (state) {
		case "waiting":
			if (ahead === 0) return <Lines title={say("next")} hint={say("nextHint")} />;
			return (
				<>
					<dl className={styles.figures}>
						<div>
							<dt>{say("ahead")}</dt>
							<dd>
								<bdi>{ahead}</bdi>
							</dd>
						</div>
						{wait !== null && (
							<div>
								<dt>{say("wait")}</dt>
								<dd>
									<bdi>{say("minutes", { from: wait.minMinutes, to: wait.maxMinutes })}</bdi>
								</dd>
							</div>
						)}
					</dl>
					<p className={styles.hint}>{say("waitingHint")}</p>
				</>
			);
		case "called":
			return <Lines title={say("called", { counter: counter ?? "" })} />;
		case "serving":
			return <Lines title={say("serving", { counter: counter ?? "" })} />;
		case "parked":
			return <Lines title={say("parked")} hint={say("parkedHint")} />;
		case "missed":
			return <Lines title={say("missed")} hint={say("missedHint")} />;
		case "finished":
			return <Lines title={say("finished")} />;
		case "cancelled":
			return <Lines title={say("cancelled")} hint={say("cancelledHint")} />;
	}
}

function Lines({ title, hint }: { title: string; hint?: string }) {
	return (
		<>
			<p className={styles.nowTitle}>{title}</p>
			{hint !== undefined && <p className={styles.hint}>{hint}</p>}
		</>
	);
}

function Bring({ bring, say }: { bring: readonly string[]; say: Say }) {
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{say("bring")}</h2>
			<ul className={styles.bring}>
				{bring.map((document) => (
					<li key={document}>{document}</li>
				))}
			</ul>
		</section>
	);
}

interface PartProps {
	ticket: PhoneTicket;
	disabled: boolean;
	phone: Phone;
	say: Say;
}

function GiveWay({ ticket, disabled, phone, say }: PartProps) {
	const offered = peopleToOffer(ticket);
	if (offered.length === 0) return null;
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{say("giveWay")}</h2>
			<p className={styles.hint}>{say("giveWayHint")}</p>
			<div className={styles.row}>
				{offered.map((people) => (
					<button
						key={people}
						type="button"
						className={styles.secondary}
						disabled={disabled}
						aria-label={`${say("giveWay")}: ${people}`}
						onClick={() => void phone.act({ kind: "give-way", version: ticket.version, people })}
					>
						<bdi>{people}</bdi>
					</button>
				))}
			</div>
		</section>
	);
}

function Leave({ ticket, state, store, phone, say }: TicketViewProps) {
	const ask = (asked: boolean) => store.tell({ type: "leave-asked", asked });
	if (!state.leaving) {
		return (
			<button type="button" className={styles.quiet} onClick={() => ask(true)}>
				{say("leave")}
			</button>
		);
	}
	return (
		<section className={styles.card} role="alertdialog" aria-label={say("leaveSure")}>
			<p className={styles.title}>{say("leaveSure")}</p>
			<div className={styles.row}>
				<button type="button" className={styles.secondary} onClick={() => ask(false)}>
					{say("stay")}
				</button>
				<button
					type="button"
					className={styles.danger}
					disabled={state.acting}
					onClick={() => void phone.act({ kind: "leave", version: ticket.version })}
				>
					{say("leaveYes")}
				</button>
			</div>
		</section>
	);
}

const RATINGS = [1, 2, 3, 4, 5] as const;

function Rating({ ticket, disabled, phone, say }: PartProps) {
	if (ticket.rating !== null) return <p className={styles.thanks}>{say("rated")}</p>;
	return (
		<section className={styles.card}>
			<h2 className={styles.title}>{say("rate")}</h2>
			<div className={styles.ratings}>
				{RATINGS.map((rating) => (
					<button
						key={rating}
						type="button"
						className={styles.secondary}
						disabled={disabled}
						onClick={() => void phone.act({ kind: "rating", rating })}
					>
						{say(`rating${rating}` satisfies PhoneWord)}
					</button>
				))}
			</div>
		</section>
	);
}

/** A call is felt as well as seen, on phones that can; once for each call. */
function useVibration({ state, version }: PhoneTicket): void {
	const felt = useRef(0);
	useEffect(() => {
		if (state !== "called" || felt.current === version) return;
		felt.current = version;
		navigator.vibrate?.([200, 100, 200]);
	}, [state, version]);
}
