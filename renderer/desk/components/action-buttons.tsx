import type { Words } from "../messages/messages.ts";
import { ACT_KEYS, ACTS, type Act, type DeskAct } from "../state/actions.ts";
import styles from "./action-buttons.module.css";
import shared from "./shared.module.css";

interface ActButtonsProps {
	offered: readonly Act[];
	busy: DeskAct | null;
	words: Words;
	onAct(act: Act): void;
}

/** The usual next step of a ticket's way; recall and no-show are the exceptions. */
const MAIN_ACTS: readonly Act[] = ["next", "start", "finish"];

/** Buttons that may not be pressed stay where they are and keep the focus: `aria-disabled`, not `disabled`. */
export function ActButtons({ offered, busy, words, onAct }: ActButtonsProps) {
	return (
		<fieldset aria-label={words.say("acts")} className={styles.acts}>
			{ACTS.map((act) => (
				<button
					key={act}
					type="button"
					className={MAIN_ACTS.includes(act) ? styles.mainAct : styles.act}
					aria-disabled={!offered.includes(act)}
					aria-busy={busy === act}
					aria-keyshortcuts={act === "next" ? "N Space Enter" : ACT_KEYS[act]}
					// The mouse leaves the focus where it is, so that Space goes on calling the next.
					onMouseDown={(event) => event.preventDefault()}
					onClick={() => onAct(act)}
				>
					<span>{words.say(`act_${act}`)}</span>
					<span aria-hidden="true" className={shared.keys}>
						<kbd>{ACT_KEYS[act]}</kbd>
						{act === "next" && <kbd>{words.say("orSpace")}</kbd>}
					</span>
				</button>
			))}
		</fieldset>
	);
}
