import { type FormEvent, useEffect, useState } from "react";
import type { Topic } from "../../../protocol/api/board.ts";
import { LANGUAGES, type Language } from "../../../protocol/model/language.ts";
import type { Ticket } from "../../../protocol/model/ticket.ts";
import { languageNameIn } from "../../i18n/staff-languages.ts";
import type { WalkIn } from "../effects/station-client.ts";
import type { ErrorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import styles from "./action-dialog.module.css";
import { Decision, Dialog } from "./dialog.tsx";
import { ErrorLine } from "./error-line.tsx";

interface IssueDialogProps {
	topics: readonly Topic[];
	isPrinterReady: boolean;
	messages: Messages;
	/** Why the last attempt failed; null if it did not. */
	failure: ErrorText | null;
	issue(request: WalkIn): Promise<Ticket | undefined>;
	/** Brings the topics up to date. */
	readTopics(): Promise<void>;
	onDismiss(): void;
}

const MAX_PARTY_SIZE = 20;

/** A ticket for somebody at the desk: a form, then the number to tell the visitor. */
export function IssueDialog({
	topics,
	isPrinterReady,
	messages,
	failure,
	issue,
	readTopics,
	onDismiss,
}: IssueDialogProps) {
	// Made once per form: Enter pressed twice, or again after a lost answer, gives the same ticket.
	const [key] = useState(() => crypto.randomUUID());
	const [topic, setTopic] = useState(topics[0]?.id ?? "");
	const [language, setLanguage] = useState<Language>(LANGUAGES[0] ?? "zh-Hans");
	const [partySize, setPartySize] = useState(1);
	const [priority, setPriority] = useState(false);
	const [issued, setIssued] = useState<Ticket>();

	useEffect(() => {
		void readTopics();
	}, [readTopics]);

	const submit = async (event: FormEvent) => {
		event.preventDefault();
		setIssued(await issue({ topic, language, partySize, class: priority ? "priority" : "ordinary", key }));
	};

	if (issued !== undefined)
		return (
			<Dialog title={messages.t("issued")} onDismiss={onDismiss}>
				<form method="dialog">
					<p className={styles.issued}>
						<bdi dir="ltr">{issued.number}</bdi>
					</p>
					<p role="status">{messages.t(isPrinterReady ? "issuedPrinting" : "issuedUnprinted")}</p>
					<div className={styles.decision} data-alone>
						<button type="submit" data-first className={styles.decide} ref={(button) => button?.focus()}>
							{messages.t("close")}
						</button>
					</div>
				</form>
			</Dialog>
		);
	return (
		<Dialog title={messages.t("askIssue")} onDismiss={onDismiss}>
			<form onSubmit={(event) => void submit(event)}>
				<label>
					<span>{messages.t("toTopic")}</span>
					<select data-first value={topic} onChange={(event) => setTopic(event.target.value)}>
						{topics.map(({ id, name, left }) => (
							<option key={id} value={id}>
								{left === null ? name : messages.t("topicLeft", { topic: name, left })}
							</option>
						))}
					</select>
				</label>
				<label>
					<span>{messages.t("issueLanguage")}</span>
					<select value={language} onChange={(event) => setLanguage(event.target.value as Language)}>
						{LANGUAGES.map((one) => (
							<option key={one} value={one}>
								{languageNameIn(one, messages.language)}
							</option>
						))}
					</select>
				</label>
				<label>
					<span>{messages.t("issueParty")}</span>
					<select value={partySize} onChange={(event) => setPartySize(Number(event.target.value))}>
						{Array.from({ length: MAX_PARTY_SIZE }, (_, index) => index + 1).map((people) => (
							<option key={people} value={people}>
								{messages.t("people", { count: people })}
							</option>
						))}
					</select>
				</label>
				<label className={styles.choice}>
					<input type="checkbox" checked={priority} onChange={(event) => setPriority(event.target.checked)} />
					<span>{messages.t("issuePriority")}</span>
				</label>
				<p role="alert" className={styles.warning}>
					{failure !== null && <ErrorLine error={failure} />}
				</p>
				<Decision
					dismiss={messages.t("dismiss")}
					decide={messages.t("doIssue")}
					ready={topic !== ""}
					onDismiss={onDismiss}
				/>
			</form>
		</Dialog>
	);
}
