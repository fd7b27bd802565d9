import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Site } from "../../../protocol/api/board.ts";
import type { SessionEnd, TicketAtHand } from "../../../protocol/model/staff.ts";
import { ErrorLine } from "../components/error-line.tsx";
import { choicesAtHand } from "../components/sign-out-dialog.tsx";
import type { Desk } from "../effects/desk-effects.ts";
import { saveCounter, savedCounter } from "../effects/local-storage.ts";
import { errorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import { AT_HAND_MESSAGES, SESSION_END_MESSAGES } from "../messages/model-messages.ts";
import type { SignInStatus } from "../state/state.ts";
import styles from "./sign-in-screen.module.css";

interface SignInProps {
	status: SignInStatus;
	site: Site | null;
	desk: Desk;
	messages: Messages;
	clock(instant: number): string;
}

/** Names that are offered at once; typing leads to the others. */
const MAX_NAMES = 12;
/** Up to this many counters are tiles; more are a list. */
const MAX_TILES = 12;

export function SignInScreen({ status, site, desk, messages, clock }: SignInProps) {
	const [staff, setStaff] = useState("");
	const [pin, setPin] = useState("");
	const [chosen, setChosen] = useState(() => savedCounter(localStorage));
	const nameField = useRef<HTMLInputElement>(null);
	const pinField = useRef<HTMLInputElement>(null);

	const counters = site?.counters ?? [];
	const counter = counters.find((one) => one === chosen) ?? null;
	const [takeOver, setTakeOver] = useState(false);
	const [atHand, setAtHand] = useState<TicketAtHand>("return");
	const names = useNames(desk.names);
	const matching = names.filter((name) => name !== staff && matches(name, staff)).slice(0, MAX_NAMES);
	const isPending = status.kind === "pending";
	const occupied = status.kind === "refused" && status.refusal.code === "COUNTER_OCCUPIED" ? status.refusal : null;
	const left = status.kind === "refused" && status.refusal.code === "TICKET_AT_HAND" ? status.refusal : null;
	const isComplete = staff.trim() !== "" && pin !== "" && counter !== null;

	useEffect(() => nameField.current?.focus(), []);
	useEffect(() => {
		if (status.kind !== "refused") return;
		// The PIN was right where only a choice is missing.
		if (status.refusal.code === "COUNTER_OCCUPIED" || status.refusal.code === "TICKET_AT_HAND") return;
		setPin("");
		pinField.current?.focus();
	}, [status]);

	function submit(event: FormEvent): void {
		event.preventDefault();
		if (!isComplete || isPending) return;
		saveCounter(localStorage, counter);
		const isTakingOver = takeOver && occupied?.data.counter === counter;
		void desk.signIn(staff.trim(), pin, counter, isTakingOver, left === null ? undefined : atHand);
	}

	return (
		<main className={styles.signIn}>
			<form className={styles.form} onSubmit={submit}>
				<h1>{messages.t("signInHeading")}</h1>
				<div role="status">
					<SignInNotice status={status} messages={messages} clock={clock} />
				</div>
				<label className={styles.field}>
					<span>{messages.t("staffName")}</span>
					<input
						ref={nameField}
						value={staff}
						onChange={(event) => setStaff(event.target.value)}
						maxLength={64}
						autoComplete="off"
						spellCheck={false}
						required
					/>
				</label>
				{matching.length > 0 && (
					<fieldset className={styles.names} aria-label={messages.t("chooseName")}>
						{matching.map((name) => (
							<button
								key={name}
								type="button"
								onClick={() => {
									setStaff(name);
									pinField.current?.focus();
								}}
							>
								<bdi>{name}</bdi>
							</button>
						))}
					</fieldset>
				)}
				<label className={styles.field}>
					<span>{messages.t("pin")}</span>
					<input
						ref={pinField}
						type="password"
						inputMode="numeric"
						value={pin}
						onChange={(event) => setPin(event.target.value)}
						maxLength={32}
						autoComplete="off"
						required
					/>
				</label>
				{counters.length > MAX_TILES ? (
					<label className={styles.field}>
						<span>{messages.t("chooseCounter")}</span>
						<select value={counter ?? ""} onChange={(event) => setChosen(event.target.value)} required>
							<option value="" disabled />
							{counters.map((one) => (
								<option key={one} value={one}>
									{messages.t("counter", { counter: one })}
								</option>
							))}
						</select>
					</label>
				) : (
					<fieldset className={styles.counters}>
						<legend>{messages.t("chooseCounter")}</legend>
						<div className={styles.counterTiles}>
							{counters.map((one) => (
								<label key={one}>
									<input
										type="radio"
										name="counter"
										value={one}
										checked={one === counter}
										onChange={() => setChosen(one)}
										aria-label={messages.t("counter", { counter: one })}
										required
									/>
									<span aria-hidden="true">{one}</span>
								</label>
							))}
						</div>
					</fieldset>
				)}
				{occupied !== null && counter !== null && occupied.data.counter === counter && (
					<label className={styles.takeOver}>
						<input type="checkbox" checked={takeOver} onChange={(event) => setTakeOver(event.target.checked)} />
						<span>{messages.t("takeOver", { counter, staff: String(occupied.data.staff) })}</span>
					</label>
				)}
				{left !== null && (
					<fieldset className={styles.atHand}>
						<legend>{messages.t("whichAtHand")}</legend>
						{choicesAtHand({ state: left.data.state === "serving" ? "serving" : "called" }).map((one) => (
							<label key={one} className={styles.takeOver}>
								<input type="radio" name="at-hand" checked={one === atHand} onChange={() => setAtHand(one)} />
								<span>{messages.t(AT_HAND_MESSAGES[one])}</span>
							</label>
						))}
					</fieldset>
				)}
				<button type="submit" className={styles.primary} aria-disabled={!isComplete || isPending}>
					{messages.t(isPending ? "signingIn" : "signIn")}
				</button>
			</form>
		</main>
	);
}

function SignInNotice({ status, messages, clock }: Pick<SignInProps, "status" | "messages" | "clock">) {
	switch (status.kind) {
		case "idle":
		case "pending":
			return null;
		case "session-ended":
			return <p className={styles.notice}>{endText(status.ended, messages, clock)}</p>;
		case "unreachable":
			return <p className={styles.notice}>{messages.t("signInUnreachable")}</p>;
		case "refused":
			return (
				<p className={styles.notice}>
					<ErrorLine error={errorText(status.refusal, messages, clock)} />
				</p>
			);
	}
}

/** Why the session ended, and who did it. */
function endText(ended: SessionEnd | null, { t }: Messages, clock: SignInProps["clock"]): string {
	if (ended === null) return t("sessionEnded");
	const { reason, by, counter, at } = ended;
	return t(SESSION_END_MESSAGES[reason], { by: by ?? t("somebody"), counter: counter ?? "", time: clock(at) });
}

/** The names that can sign in here; none until the station has answered. */
function useNames(load: Desk["names"]): readonly string[] {
	const [names, setNames] = useState<readonly string[]>([]);
	useEffect(() => {
		let isUnmounted = false;
		void load().then((found) => {
			if (!isUnmounted) setNames(found);
		});
		return () => {
			isUnmounted = true;
		};
	}, [load]);
	return names;
}

/** Names that have what was typed in them, in any case. */
function matches(name: string, typed: string): boolean {
	const plain = (text: string) => text.normalize("NFKC").trim().toLowerCase();
	return plain(name).includes(plain(typed));
}
