import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Fleet } from "../effects/fleet-effects.ts";
import styles from "../fleet.module.css";
import { type Say, sayCode } from "../messages/messages.ts";
import type { FleetState } from "../state/state.ts";

interface SignInProps {
	state: Extract<FleetState, { at: "entering" }>;
	fleet: Fleet;
	say: Say;
}

export function SignIn({ state, fleet, say }: SignInProps) {
	const { trial, ended } = state;
	const [name, setName] = useState("");
	const [password, setPassword] = useState("");
	const nameField = useRef<HTMLInputElement>(null);
	useEffect(() => nameField.current?.focus(), []);

	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (trial.kind !== "asking" && name.trim() !== "" && password !== "") void fleet.signIn(name.trim(), password);
	};
	return (
		<main className={styles.entry}>
			<form className={styles.card} onSubmit={submit}>
				<h2>{say("signInHeading")}</h2>
				<label className={styles.field}>
					<span>{say("name")}</span>
					<input
						ref={nameField}
						value={name}
						maxLength={64}
						autoComplete="username"
						spellCheck={false}
						required
						onChange={(event) => setName(event.currentTarget.value)}
					/>
				</label>
				<label className={styles.field}>
					<span>{say("password")}</span>
					<input
						type="password"
						value={password}
						maxLength={256}
						autoComplete="current-password"
						required
						onChange={(event) => setPassword(event.currentTarget.value)}
					/>
				</label>
				<p role="alert" className={styles.refusal}>
					{trial.kind === "refused" && sayCode(say, "refused", trial.code)}
					{trial.kind === "missed" && say("refused.missed")}
					{trial.kind === "none" && ended && say("ended")}
				</p>
				<button type="submit" className={styles.primary} aria-disabled={trial.kind === "asking"}>
					{say(trial.kind === "asking" ? "signingIn" : "signIn")}
				</button>
				<p className={styles.hint}>{say("accountHint")}</p>
			</form>
		</main>
	);
}
