import { useEffect, useRef } from "react";
import type { Setup } from "../effects/setup-effects.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import { CODE_LENGTH, groupCode, type SetupState } from "../state/state.ts";
import { EraseIcon } from "./erase-icon.tsx";

interface CodeEntryProps {
	state: Extract<SetupState, { at: "pairing" }>;
	setup: Setup;
	t: Translate;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** The digits by keyboard or by touch, since a kiosk has no keyboard. */
export function CodeEntry({ state, setup, t }: CodeEntryProps) {
	const { typed, pairing } = state;
	const field = useRef<HTMLInputElement>(null);
	const isPending = pairing === "pending";
	useEffect(() => field.current?.focus(), []);

	const press = (digit: string) => void setup.type(typed + digit);
	return (
		<main className={styles.single}>
			<form
				className={styles.card}
				onSubmit={(event) => {
					event.preventDefault();
					void setup.submit();
				}}
			>
				<h2 className={styles.lead}>{t("enterHeading")}</h2>
				<p className={styles.hint}>{t("enterHint")}</p>
				<input
					ref={field}
					className={styles.code}
					aria-label={t("code")}
					aria-describedby="pairing"
					dir="ltr"
					inputMode="none"
					autoComplete="off"
					placeholder="0000 0000"
					value={groupCode(typed)}
					readOnly={isPending}
					onChange={(event) => void setup.type(event.currentTarget.value)}
				/>
				<p id="pairing" role="alert" className={styles.refusal}>
					{pairing === "unreachable" && t("unreachable")}
					{(pairing === "PAIRING_CODE_UNKNOWN" || pairing === "PAIRING_RATE_LIMITED") && t(`refused.${pairing}`)}
				</p>
				<div className={styles.keys} dir="ltr">
					{DIGITS.map((digit) => (
						<button key={digit} type="button" onClick={() => press(digit)}>
							{digit}
						</button>
					))}
					<button type="button" aria-label={t("erase")} onClick={() => void setup.type(typed.slice(0, -1))}>
						<EraseIcon />
					</button>
					<button type="button" onClick={() => press("0")}>
						0
					</button>
					<button type="submit" className={styles.go} aria-disabled={typed.length < CODE_LENGTH || isPending}>
						{t(isPending ? "pairing" : "pair")}
					</button>
				</div>
			</form>
			<a className={styles.aside} href="/board">
				{t("boardOnly")}
			</a>
		</main>
	);
}
