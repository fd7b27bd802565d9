import { UserError } from "../lib/errors.ts";
import { NARROWEST_PAPER, type PaperWidth, WIDEST_PAPER } from "../station/printing/bitmap.ts";

/** How printers in the field differ from their manuals, and what each costs the station. */
export const BEHAVIOURS = {
	"clone-no-id": "knows no process ids (GS ( H) and no buffer clearing (DLE DC4 8)",
	"no-processed": "does not answer GS r",
	"prints-unknown": "prints a command that it does not know as text: process ids (GS ( H)",
	"restarts-at-unknown": "restarts at a command that it does not know: process ids, buffer clearing",
	"no-status": "answers no status question and reports nothing by itself",
	"only-processed": "answers GS r and no status question, and reports nothing by itself",
	"only-eot-1": "answers only DLE EOT 1, and reports nothing by itself",
	"no-eot-3": "answers DLE EOT 1, 2 and 4, and reports nothing by itself",
	"no-eot-4": "answers DLE EOT 1, 2 and 3, and reports nothing by itself",
	"answers-late": "answers each status question a second late",
	"answers-lag": "answers each status question only when the next one comes",
	"answers-twice": "answers each status question twice",
	"asb-between": "puts an automatic status before each answer",
	"reports-often": "reports its state every second, without a change",
	"says-offline": "always says that it is offline, and works",
	echoes: "sends back every byte that it gets",
	"xon-xoff": "sends XON and XOFF among its replies, as over a serial line behind a print server",
	"no-cutter": "cuts nothing: a person tears the paper off",
	"gsv0-low-byte": "ignores the high byte of a picture's height",
	"near-end-stuck": "always reports that the paper is almost used up",
	"one-connection": "serves one connection and closes every other",
	"closes-after-job": "closes the connection after each piece of paper",
	crops: "prints only what its head reaches, and says nothing of the rest",
} as const;

export type Behaviour = keyof typeof BEHAVIOURS;
export type Behaviours = ReadonlySet<Behaviour>;

export interface BehaviourList {
	behaviours: Behaviour[];
	/** Given by dots-N. Such a head crops what is wider. */
	width: PaperWidth | undefined;
}

/** Reads "clone-no-id,dots-512". Throws UserError BEHAVIOURS_INVALID, which names the part. */
export function parseBehaviours(text: string): BehaviourList {
	const list: BehaviourList = { behaviours: [], width: undefined };
	for (const part of text.split(",").map((one) => one.trim())) {
		const dots = Number(/^dots-(\d{3})$/.exec(part)?.[1]);
		if (dots >= NARROWEST_PAPER && dots <= WIDEST_PAPER) {
			list.width = dots - (dots % 8);
			list.behaviours.push("crops");
		} else if (Object.hasOwn(BEHAVIOURS, part)) list.behaviours.push(part as Behaviour);
		else {
			const names = [...Object.keys(BEHAVIOURS), `dots-${NARROWEST_PAPER} to dots-${WIDEST_PAPER}`];
			const sentence = `${JSON.stringify(part)} is not a behaviour. Use ${names.join(", ")}.`;
			throw new UserError("BEHAVIOURS_INVALID", sentence, { exitCode: 2 });
		}
	}
	return list;
}
