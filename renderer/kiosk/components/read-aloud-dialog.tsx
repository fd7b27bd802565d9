import { Button } from "./button.tsx";
import { useKiosk, useParts, useTell, useWords } from "./context.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

/** For whoever listens: once more, louder, quieter, no more. */
export default function ListenDialog() {
	const overlay = useKiosk("overlay");
	const { listening } = useParts();
	const { say } = useWords();
	const tell = useTell();
	if (overlay.kind !== "listen") return null;
	const close = () => tell({ type: "overlay-closed" });
	return (
		<Dialog label={say("listen.title")} onCancel={close}>
			<span className={styles.picture}>
				<Icon name="volume-2" />
			</span>
			<h2 className={styles.title}>{say("listen.title")}</h2>
			<p className={styles.text}>{say("listen.hint")}</p>
			<div className={styles.grid}>
				<Button kind="plain" icon={<Icon name="minus" />} onPress={() => listening()?.quieter()}>
					{say("listen.quieter")}
				</Button>
				<Button kind="plain" icon={<Icon name="plus" />} onPress={() => listening()?.louder()}>
					{say("listen.louder")}
				</Button>
				<Button kind="plain" icon={<Icon name="x" />} onPress={() => tell({ type: "mode-switched", mode: "listen" })}>
					{say("listen.stop")}
				</Button>
				<Button kind="primary" icon={<Icon name="repeat" />} onPress={close}>
					{say("listen.again")}
				</Button>
			</div>
		</Dialog>
	);
}
