import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Site } from "../../../protocol/api/board.ts";
import type { Desk } from "../effects/desk-effects.ts";
import { keepCounter, keptCounter } from "../effects/local-storage.ts";
import { explain } from "../messages/error-messages.ts";
import type { Words } from "../messages/messages.ts";
import type { Entry } from "../state/state.ts";
import styles from "./sign-in-screen.module.css";

interface SignInProps {
	entry: Entry;
	site: Site | null;
	desk: Desk;
	words: Words;
	clock(instant: number): string;
}

/** Counters as tiles up to this many; a site with more gets a list. */
const MOST_TILES = 12;

export function SignIn({ entry, site, desk, words, clock }: SignInProps) {
	const [staff, setStaff] = useState("");
	const [pin, setPin] = useState("");
	const [chosen, setChosen] = useState(() => keptCounter(localStorage));
	const nameField = useRef<HTMLInputElement>(null);
	const pinField = useRef<HTMLInputElement>(null);

	const counters = site?.counters ?? [];
	const counter = counters.find((offered) => offered === chosen) ?? null;
	const [takeOver, setTakeOver] = useState(false);
	const asking = entry.kind === "asking";
	const taken = entry.kind === "refused" && entry.refusal.code === "COUNTER_TAKEN" ? entry.refusal : null;
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
		void desk.signIn(staff.trim(), pin, counter, takeOver && taken?.data.counter === counter);
	}

	return (
		<main className={styles.entry}>
			<form className={styles.entryForm} onSubmit={submit}>
				<h1>{words.say("signInHeading")}</h1>
				<div role="status">
					<EntryNotice entry={entry} words={words} clock={clock} />
				</div>
				<label className={styles.field}>
					<span>{words.say("staffName")}</span>
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
					<span>{words.say("pin")}</span>
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
				{counters.length > MOST_TILES ? (
					<label className={styles.field}>
						<span>{words.say("chooseCounter")}</span>
						<select value={counter ?? ""} onChange={(event) => setChosen(event.target.value)} required>
							<option value="" disabled />
							{counters.map((offered) => (
								<option key={offered} value={offered}>
									{words.say("counter", { counter: offered })}
								</option>
							))}
						</select>
					</label>
				) : (
					<fieldset className={styles.counters}>
						<legend>{words.say("chooseCounter")}</legend>
						<div className={styles.counterTiles}>
							{counters.map((offered) => (
								<label key={offered}>
									<input
										type="radio"
										name="counter"
										value={offered}
										checked={offered === counter}
										onChange={() => setChosen(offered)}
										aria-label={words.say("counter", { counter: offered })}
										required
									/>
									<span aria-hidden="true">{offered}</span>
								</label>
							))}
						</div>
					</fieldset>
				)}
				{taken !== null && counter !== null && taken.data.counter === counter && (
					<label className={styles.takeOver}>
						<input type="checkbox" checked={takeOver} onChange={(event) => setTakeOver(event.target.checked)} />
						<span>{words.say("takeOver", { counter, staff: String(taken.data.staff) })}</span>
					</label>
				)}
				<button type="submit" className={styles.primary} aria-disabled={!complete || asking}>
					{words.say(asking ? "signingIn" : "signIn")}
				</button>
			</form>
		</main>
	);
}

function EntryNotice({ entry, words, clock }: Pick<SignInProps, "entry" | "words" | "clock">) {
	switch (entry.kind) {
		case "open":
		case "asking":
			return null;
		case "ended":
			return <p className={styles.entryNotice}>{words.say("sessionEnded")}</p>;
		case "unreachable":
			return <p className={styles.entryNotice}>{words.say("signInUnreachable")}</p>;
		case "refused":
			return <p className={styles.entryNotice}>{explain(entry.refusal, words, clock)}</p>;
	}
}
