import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Site } from "../../../protocol/api/board.ts";
import type { Desk } from "../effects/desk-effects.ts";
import { keepCounter, savedCounter } from "../effects/local-storage.ts";
import { errorMessage } from "../messages/error-messages.ts";
import type { Messages } from "../messages/messages.ts";
import type { Entry } from "../state/state.ts";
import styles from "./sign-in-screen.module.css";

interface SignInProps {
	entry: Entry;
	site: Site | null;
	desk: Desk;
	messages: Messages;
	clock(instant: number): string;
}

/** Counters as tiles up to this many; a site with more gets a list. */
const MAX_TILES = 12;

export function SignIn({ entry, site, desk, messages, clock }: SignInProps) {
	const [staff, setStaff] = useState("");
	const [pin, setPin] = useState("");
	const [chosen, setChosen] = useState(() => savedCounter(localStorage));
	const nameField = useRef<HTMLInputElement>(null);
	const pinField = useRef<HTMLInputElement>(null);

	const counters = site?.counters ?? [];
	const counter = counters.find((offered) => offered === chosen) ?? null;
	const [takeOver, setTakeOver] = useState(false);
	const asking = entry.kind === "asking";
	const availability = entry.kind === "refused" && entry.refusal.code === "COUNTER_OCCUPIED" ? entry.refusal : null;
	const complete = staff.trim() !== "" && pin !== "" && counter !== null;

	useEffect(() => nameField.current?.focus(), []);
	useEffect(() => {
		if (entry.kind !== "refused") return;
		setPin("");
		pinField.current?.focus();
	}, [entry]);

	function submit(event: FormEvent): void {
		event.preventDefault();
		if (!complete || asking) return;
		keepCounter(localStorage, counter);
		void desk.signIn(staff.trim(), pin, counter, takeOver && availability?.data.counter === counter);
	}

	return (
		<main className={styles.entry}>
			<form className={styles.entryForm} onSubmit={submit}>
				<h1>{messages.t("signInHeading")}</h1>
				<div role="status">
					<EntryNotice entry={entry} messages={messages} clock={clock} />
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
							{counters.map((offered) => (
								<option key={offered} value={offered}>
									{messages.t("counter", { counter: offered })}
								</option>
							))}
						</select>
					</label>
				) : (
					<fieldset className={styles.counters}>
						<legend>{messages.t("chooseCounter")}</legend>
						<div className={styles.counterTiles}>
							{counters.map((offered) => (
								<label key={offered}>
									<input
										type="radio"
										name="counter"
										value={offered}
										checked={offered === counter}
										onChange={() => setChosen(offered)}
										aria-label={messages.t("counter", { counter: offered })}
										required
									/>
									<span aria-hidden="true">{offered}</span>
								</label>
							))}
						</div>
					</fieldset>
				)}
				{availability !== null && counter !== null && availability.data.counter === counter && (
					<label className={styles.takeOver}>
						<input type="checkbox" checked={takeOver} onChange={(event) => setTakeOver(event.target.checked)} />
						<span>{messages.t("takeOver", { counter, staff: String(availability.data.staff) })}</span>
					</label>
				)}
				<button type="submit" className={styles.primary} aria-disabled={!complete || asking}>
					{messages.t(asking ? "signingIn" : "signIn")}
				</button>
			</form>
		</main>
	);
}

function EntryNotice({ entry, messages, clock }: Pick<SignInProps, "entry" | "messages" | "clock">) {
	switch (entry.kind) {
		case "open":
		case "asking":
			return null;
		case "ended":
			return <p className={styles.entryNotice}>{messages.t("sessionEnded")}</p>;
		case "unreachable":
			return <p className={styles.entryNotice}>{messages.t("signInUnreachable")}</p>;
		case "refused":
			return <p className={styles.entryNotice}>{errorMessage(entry.refusal, messages, clock)}</p>;
	}
}
