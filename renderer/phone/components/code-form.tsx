import { type FormEvent, useState } from "react";
import type { PhoneMessageKey, Translate } from "../messages/messages.ts";
import styles from "../phone.module.css";
import { groupCode, readCode } from "../state/code.ts";

interface CodeFormProps {
	t: Translate;
	refusal: PhoneMessageKey | null;
	/** Null where what was typed cannot be a code. */
	show(code: string | null): void;
}

export function CodeForm({ t, refusal, show }: CodeFormProps) {
	const [typed, setTyped] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		const code = readCode(typed);
		if (code !== null) {
			// The address is the one place that keeps the code: a reload shows the ticket again.
			history.replaceState(null, "", `#${code}`);
			setTyped(groupCode(code));
		}
		show(code);
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
					aria-invalid={refusal !== null}
					aria-describedby="refusal"
					onChange={(event) => setTyped(event.currentTarget.value)}
				/>
			</label>
			<p id="refusal" role="alert" className={styles.refusal}>
				{refusal !== null && t(refusal)}
			</p>
			<button type="submit" className={styles.primary}>
				{t("codeShow")}
			</button>
		</form>
	);
}
