import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Answer } from "../../../api-client/answer.ts";
import type { Topic } from "../../../protocol/api/board.ts";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { CheckedIn, ExpectedVisit } from "../../../protocol/model/visit.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import type { CheckIns } from "../effects/check-in.ts";
import type { Arrival } from "../effects/station-client.ts";
import { type ErrorText, errorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import { ticketStateMessage } from "../messages/model-messages.ts";
import dialogStyles from "./action-dialog.module.css";
import styles from "./check-in-dialog.module.css";
import { Decision, Dialog } from "./dialog.tsx";
import { ErrorLine } from "./error-line.tsx";

/** A code that a reader sent, and what the station said to it. */
export interface Scan {
	code: string;
	answer: Answer<CheckedIn>;
	/** Tells one scan from the next. */
	count: number;
}

/** Both staff and most visitors read a ticket in English and Chinese. */
export const UNKNOWN_LANGUAGE: Language = "en";

interface CheckInDialogProps extends CheckIns {
	/** Undefined where staff opened the dialog. */
	scan: Scan | undefined;
	topics: readonly Topic[];
	isPrinterReady: boolean;
	messages: Messages;
	/** The station's clock. */
	now: number;
	clock(instant: number): string;
	/** A new ticket instead. */
	onIssue(): void;
	onDismiss(): void;
}

/** A visitor with an appointment at the desk: by the code, typed or scanned, or from today's list. */
export function CheckInDialog(props: CheckInDialogProps) {
	const { scan, topics, messages, now, clock, checkIn, expectedVisits, onIssue, onDismiss } = props;
	const { t } = messages;
	const [code, setCode] = useState(scan?.code ?? "");
	const [language, setLanguage] = useState(UNKNOWN_LANGUAGE);
	const [answer, setAnswer] = useState(scan?.answer ?? null);
	const [visits, setVisits] = useState<readonly ExpectedVisit[]>([]);
	useEffect(() => {
		void expectedVisits().then(setVisits);
	}, [expectedVisits]);

	if (answer?.kind === "ok") return <Result {...props} checkedIn={answer.value} />;

	const send = async (arrival: Arrival) => {
		const next = await checkIn(arrival);
		if (next !== null) setAnswer(next);
	};
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (code.trim() !== "") void send({ code: code.trim(), language });
	};
	const failure = answer && failureText(answer, messages, clock);
	const toCome = visits.filter(({ ticket }) => ticket === null);
	return (
		<Dialog wide title={t("askCheckIn")} onDismiss={onDismiss}>
			<form onSubmit={submit}>
				<div className={styles.fields}>
					<label>
						<span>{t("checkInCode")}</span>
						<input
							type="text"
							data-first
							maxLength={64}
							autoComplete="off"
							autoCapitalize="characters"
							spellCheck={false}
							value={code}
							onChange={(event) => setCode(event.target.value)}
						/>
					</label>
					<label>
						<span>{t("checkInLanguage")}</span>
						<select value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
							{LANGUAGES.map((one) => (
								<option key={one} value={one}>
									{languageNameIn(one, messages.language)}
								</option>
							))}
						</select>
					</label>
				</div>
				<div role="alert" className={dialogStyles.warning}>
					{failure && (
						<>
							<ErrorLine error={failure} />{" "}
							<button type="button" className={dialogStyles.callThis} onClick={onIssue}>
								{t("action_issue")}
							</button>
						</>
					)}
				</div>
				<ExpectedList
					visits={toCome}
					topics={topics}
					messages={messages}
					now={now}
					clock={clock}
					choose={(visit) => void send({ visit, language })}
				/>
				<Decision
					dismiss={t("dismiss")}
					decide={t("action_check-in")}
					ready={code.trim() !== ""}
					onDismiss={onDismiss}
				/>
			</form>
		</Dialog>
	);
}

function failureText(
	answer: Exclude<Answer<CheckedIn>, { kind: "ok" }>,
	messages: Messages,
	clock: CheckInDialogProps["clock"],
): ErrorText {
	if (answer.kind === "unreachable") return { text: messages.t("checkInAgain"), code: null };
	return errorText(answer, messages, clock);
}

interface ExpectedListProps extends Pick<CheckInDialogProps, "topics" | "messages" | "now" | "clock"> {
	visits: readonly ExpectedVisit[];
	choose(visit: ExpectedVisit["id"]): void;
}

/** Who has not come yet, by time, from the one that is due now on. */
function ExpectedList({ visits, topics, messages, now, clock, choose }: ExpectedListProps) {
	const { t } = messages;
	const due = useRef<HTMLTableRowElement>(null);
	const isEmpty = visits.length === 0;
	useEffect(() => {
		if (!isEmpty) due.current?.scrollIntoView({ block: "start" });
	}, [isEmpty]);
	if (isEmpty) return <p>{t("checkInNobody")}</p>;
	const nearest = visits.reduce((one, other) => (Math.abs(other.at - now) < Math.abs(one.at - now) ? other : one));
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
		<section className={styles.list} aria-label={t("checkInToday")} tabIndex={0}>
			<table>
				<caption>{t("checkInToday")}</caption>
				<tbody>
					{visits.map(({ id, at, kind, topic, language, partySize }) => (
						<tr key={id} ref={id === nearest?.id ? due : null}>
							<th scope="row">{kind === "referral" ? t("checkInReferral") : clock(at)}</th>
							<td>{topics.find((one) => one.id === topic)?.name ?? topic}</td>
							<td>{language === null ? "" : languageNameIn(language, messages.language)}</td>
							<td>{t("people", { count: partySize })}</td>
							<td>
								<button
									type="button"
									className={dialogStyles.callThis}
									aria-label={t("checkInThis", { time: clock(at) })}
									onClick={() => choose(id)}
								>
									{t("action_check-in")}
								</button>
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function Result({
	checkedIn: { ticket, isNew, punctuality },
	isPrinterReady,
	messages,
	clock,
	onDismiss,
}: CheckInDialogProps & { checkedIn: CheckedIn }) {
	const { t } = messages;
	return (
		<Dialog title={t(isNew ? "checkedIn" : "checkedInBefore")} onDismiss={onDismiss}>
			<form method="dialog">
				<p className={dialogStyles.issued}>
					<bdi dir="ltr">{ticket.number}</bdi>
				</p>
				<div role="status" className={styles.result}>
					{ticket.bookedAt !== null && punctuality !== null && (
						<p>
							{t("checkedInFor", { time: clock(ticket.bookedAt) })} {t(`punctuality_${punctuality}`)}
						</p>
					)}
					{isNew ? (
						<p>{t(isPrinterReady ? "issuedPrinting" : "issuedUnprinted")}</p>
					) : (
						<p>{t("checkedInState", { state: ticketStateMessage(ticket.state, messages) })}</p>
					)}
				</div>
				<div className={dialogStyles.decision} data-alone>
					<button type="submit" data-first className={dialogStyles.decide} ref={(button) => button?.focus()}>
						{t("close")}
					</button>
				</div>
			</form>
		</Dialog>
	);
}
