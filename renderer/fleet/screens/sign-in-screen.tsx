import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Fleet } from "../effects/fleet-effects.ts";
import styles from "../fleet.module.css";
import { messageOfCode, type Translate } from "../messages/messages.ts";
import type { FleetState } from "../state/state.ts";

interface SignInProps {
	state: Extract<FleetState, { at: "signed-out" }>;
	fleet: Fleet;
	t: Translate;
}

export function SignInScreen({ state, fleet, t }: SignInProps) {
	const { attempt, ended } = state;
	const [name, setName] = useState("");
	const [password, setPassword] = useState("");
	const nameField = useRef<HTMLInputElement>(null);
	useEffect(() => nameField.current?.focus(), []);

	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (attempt.kind !== "pending" && name.trim() !== "" && password !== "") void fleet.signIn(name.trim(), password);
	};
	return (
		<main className={styles.signIn}>
			<form className={styles.card} onSubmit={submit}>
				<h2>{t("signInHeading")}</h2>
				<label className={styles.field}>
					<span>{t("name")}</span>
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
					<span>{t("password")}</span>
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
					{attempt.kind === "refused" && messageOfCode(t, "refused", attempt.code)}
					{attempt.kind === "unreachable" && t("refused.unreachable")}
					{attempt.kind === "none" && ended && t("ended")}
				</p>
				<button type="submit" className={styles.primary} aria-disabled={attempt.kind === "pending"}>
					{t(attempt.kind === "pending" ? "signingIn" : "signIn")}
				</button>
				<p className={styles.hint}>{t("accountHint")}</p>
			</form>
		</main>
	);
}
