import { useEffect, useRef } from "react";
import type { Setup } from "../effects/setup-effects.ts";
import type { Translate } from "../messages/messages.ts";
import styles from "../setup.module.css";
import { CODE_LENGTH, groupCode, type SetupState } from "../state/state.ts";
import { EraseSign } from "./erase-icon.tsx";

interface CodeEntryProps {
	state: Extract<SetupState, { at: "entering" }>;
	pair: Setup;
	t: Translate;
}

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** The digits by keyboard or by finger: a kiosk's screen has no keyboard. */
export function CodeEntry({ state, pair, t }: CodeEntryProps) {
	const { typed, trial } = state;
	const field = useRef<HTMLInputElement>(null);
	const asking = trial === "asking";
	useEffect(() => field.current?.focus(), []);

	const press = (digit: string) => void pair.type(typed + digit);
	return (
		<main className={styles.single}>
			<form
				className={styles.card}
				onSubmit={(event) => {
					event.preventDefault();
					void pair.submit();
				}}
			>
				<h2 className={styles.lead}>{t("enterHeading")}</h2>
				<p className={styles.hint}>{t("enterHint")}</p>
				<input
					ref={field}
					className={styles.code}
					aria-label={t("code")}
					aria-describedby="trial"
					dir="ltr"
					inputMode="none"
					autoComplete="off"
					placeholder="0000 0000"
					value={groupCode(typed)}
					readOnly={asking}
					onChange={(event) => void pair.type(event.currentTarget.value)}
				/>
				<p id="trial" role="alert" className={styles.refusal}>
					{trial === "missed" && t("missed")}
					{(trial === "PAIRING_CODE_UNKNOWN" || trial === "PAIRING_RATE_LIMITED") && t(`refused.${trial}`)}
				</p>
				<div className={styles.keys} dir="ltr">
					{DIGITS.map((digit) => (
						<button key={digit} type="button" onClick={() => press(digit)}>
							{digit}
						</button>
					))}
					<button type="button" aria-label={t("erase")} onClick={() => void pair.type(typed.slice(0, -1))}>
						<EraseSign />
					</button>
					<button type="button" onClick={() => press("0")}>
						0
					</button>
					<button type="submit" className={styles.go} aria-disabled={typed.length < CODE_LENGTH || asking}>
						{t(asking ? "pairing" : "pair")}
					</button>
				</div>
			</form>
			<a className={styles.aside} href="/board">
				{t("boardOnly")}
			</a>
		</main>
	);
}
