import { type FormEvent, useState } from "react";
import type { Setup } from "../effects/setup-effects.ts";
import { isSetupMessageKey, type Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import { type Enrolling, readScanned } from "../state/state.ts";
import { EraseIcon } from "./erase-icon.tsx";

interface EnrolFormProps {
	enrolling: Enrolling;
	/** What the field begins with. */
	server: string;
	setup: Setup;
	t: Translate;
}

type Field = "server" | "code";

/** The characters of addresses and codes, for a kiosk without a keyboard. */
const KEYS = ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm.:/"] as const;

/** The server's address and enrolment code: typed, touched, or scanned from the server's page. */
export function EnrolmentForm({ enrolling, server, setup, t }: EnrolFormProps) {
	const [asked, setAsked] = useState({ server, code: "" });
	const [field, setField] = useState<Field>(server === "" ? "server" : "code");
	const [keys, setKeys] = useState(false);
	const isPending = enrolling === "pending";

	const enter = (text: string) => setAsked(readScanned(text) ?? { ...asked, [field]: text });
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!isPending) void setup.enrol({ server: addressOf(asked.server), code: asked.code.trim() });
	};
	const input = (name: Field) => (
		<label className={styles.field}>
			<span className={styles.label}>{t(`enrol.${name}`)}</span>
			<input
				className={styles.text}
				dir="ltr"
				value={asked[name]}
				maxLength={200}
				placeholder={name === "server" ? "https://" : undefined}
				inputMode={keys ? "none" : "text"}
				autoComplete="off"
				autoCapitalize="off"
				spellCheck={false}
				required
				readOnly={isPending}
				onFocus={() => setField(name)}
				onChange={(event) => enter(event.currentTarget.value)}
			/>
		</label>
	);
	return (
		<form className={styles.make} onSubmit={submit}>
			{input("server")}
			{input("code")}
			<p className={styles.hint}>{t("enrol.hint")}</p>
			{keys && (
				<div className={styles.letters} dir="ltr">
					{[...KEYS.join("")].map((key) => (
						<button key={key} type="button" onClick={() => enter(asked[field] + key)}>
							{key}
						</button>
					))}
					<button type="button" aria-label={t("erase")} onClick={() => enter(asked[field].slice(0, -1))}>
						<EraseIcon />
					</button>
				</div>
			)}
			<p role="alert" className={styles.refusal}>
				{typeof enrolling === "object" && enrolmentError(enrolling.failed, t)}
			</p>
			<div className={styles.formEnd}>
				<button type="button" className={styles.quiet} aria-pressed={keys} onClick={() => setKeys(!keys)}>
					{t("enrol.keys")}
				</button>
				<button type="submit" className={styles.primary} aria-disabled={isPending}>
					{t(isPending ? "enrol.pending" : "enrol.go")}
				</button>
			</div>
		</form>
	);
}

/** A host name alone means HTTPS. */
function addressOf(typed: string): string {
	const text = typed.trim();
	return text.includes("://") ? text : `https://${text}`;
}

function enrolmentError(reason: string, t: Translate): string {
	const key = `enrol.failed.${reason}`;
	return isSetupMessageKey(key) ? t(key) : t("enrol.failed.other", { code: reason });
}
