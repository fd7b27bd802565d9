import styles from "../first-start.module.css";
import type { Translate } from "../messages/messages.ts";

const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const DIGITS = "1234567890";

interface KeyboardProps {
	t: Translate;
	value: string;
	/** Further keys, such as "." in an address. */
	marks?: string;
	/** A name: each word begins with a capital. */
	isName?: boolean;
	onChange(value: string): void;
}

/** Letters and digits on the glass: no kiosk has a keyboard. Names are typed in Latin letters, Chinese ones in pinyin. */
export function Keyboard({ t, value, marks = "", isName = false, onChange }: KeyboardProps) {
	const isCapital = isName && (value === "" || value.endsWith(" "));
	const rows = [DIGITS, ...LETTERS, ...(marks === "" ? [] : [marks])];
	return (
		<div className={styles.keyboard} dir="ltr">
			{rows.map((row) => (
				<div key={row} className={styles.keys}>
					{[...row].map((key) => {
						const letter = isCapital ? key.toUpperCase() : key;
						return (
							<button key={key} type="button" onClick={() => onChange(value + letter)}>
								{letter}
							</button>
						);
					})}
				</div>
			))}
			<div className={styles.keys}>
				<button type="button" className={styles.wideKey} onClick={() => onChange(`${value} `)}>
					{t("space")}
				</button>
				<button type="button" className={styles.wideKey} onClick={() => onChange(value.slice(0, -1))}>
					{t("erase")}
				</button>
			</div>
		</div>
	);
}
