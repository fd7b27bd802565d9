import styles from "../first-start.module.css";
import type { Translate } from "../messages/messages.ts";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

interface KeypadProps {
	t: Translate;
	value: string;
	/** Undefined while the number cannot be sent. */
	onDone: (() => void) | undefined;
	onChange(value: string): void;
}

export function Keypad({ t, value, onChange, onDone }: KeypadProps) {
	return (
		<div className={styles.keypad} dir="ltr">
			{DIGITS.map((digit) => (
				<button key={digit} type="button" onClick={() => onChange(value + digit)}>
					{digit}
				</button>
			))}
			<button type="button" className={styles.quietKey} onClick={() => onChange(value.slice(0, -1))}>
				{t("erase")}
			</button>
			<button type="button" onClick={() => onChange(`${value}0`)}>
				0
			</button>
			<button type="button" className={styles.go} disabled={onDone === undefined} onClick={() => onDone?.()}>
				{t("ok")}
			</button>
		</div>
	);
}
