import { type FormEvent, useState } from "react";
import type { PhoneMessageKey, Translate } from "../messages/messages.ts";
import styles from "../phone.module.css";
import { groupCode, readCode } from "../state/code.ts";

interface CodeFormProps {
	t: Translate;
	error: PhoneMessageKey | null;
	/** Null if the text cannot be a code. */
	onSubmit(code: string | null): void;
}

export function CodeForm({ t, error, onSubmit }: CodeFormProps) {
	const [typed, setTyped] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const code = readCode(typed);
		if (code !== null) {
			// Only the address keeps the code: a reload shows the ticket again.
			history.replaceState(null, "", `#${code}`);
			setTyped(groupCode(code));
		}
		onSubmit(code);
	};
	return (
		<form className={styles.card} onSubmit={submit}>
			<label className={styles.codeLabel}>
				<span className={styles.title}>{t("codeTitle")}</span>
				<span className={styles.hint}>{t("codeHint")}</span>
				<input
					className={styles.code}
					dir="ltr"
					value={typed}
					maxLength={16}
					autoComplete="off"
					autoCapitalize="characters"
					spellCheck={false}
					aria-invalid={error !== null}
					aria-describedby="code-error"
					onChange={(event) => setTyped(event.currentTarget.value)}
				/>
			</label>
			<p id="code-error" role="alert" className={styles.error}>
				{error !== null && t(error)}
			</p>
			<button type="submit" className={styles.primary}>
				{t("codeShow")}
			</button>
		</form>
	);
}
