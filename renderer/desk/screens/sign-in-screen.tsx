import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Site } from "../../../protocol/api/board.ts";
import { ErrorLine } from "../components/error-line.tsx";
import type { Desk } from "../effects/desk-effects.ts";
import { saveCounter, savedCounter } from "../effects/local-storage.ts";
import { errorText } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { SignInStatus } from "../state/state.ts";
import styles from "./sign-in-screen.module.css";

interface SignInProps {
	status: SignInStatus;
	site: Site | null;
	desk: Desk;
	messages: Messages;
	clock(instant: number): string;
}

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
	const isPending = status.kind === "pending";
	const occupied = status.kind === "refused" && status.refusal.code === "COUNTER_OCCUPIED" ? status.refusal : null;
	const isComplete = staff.trim() !== "" && pin !== "" && counter !== null;

	useEffect(() => nameField.current?.focus(), []);
	useEffect(() => {
		if (status.kind !== "refused") return;
		setPin("");
		pinField.current?.focus();
	}, [status]);

	function submit(event: FormEvent): void {
		event.preventDefault();
		if (!isComplete || isPending) return;
		saveCounter(localStorage, counter);
		void desk.signIn(staff.trim(), pin, counter, takeOver && occupied?.data.counter === counter);
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
			return <p className={styles.notice}>{messages.t("sessionEnded")}</p>;
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
