import { Button } from "./button.tsx";
import { useDispatch, useKiosk, useKioskContext, useMessages } from "./context.ts";
import styles from "./dialog.module.css";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";

/** Controls of reading aloud. */
export default function ReadAloudDialog() {
	const overlay = useKiosk("overlay");
	const { readAloud } = useKioskContext();
	const { t } = useMessages();
	const dispatch = useDispatch();
	if (overlay.kind !== "read-aloud") return null;
	const close = () => dispatch({ type: "overlay-closed" });
	return (
		<Dialog label={t("readAloud.title")} onCancel={close}>
			<span className={styles.icon}>
				<Icon name="volume-2" />
			</span>
			<h2 className={styles.title}>{t("readAloud.title")}</h2>
			<p className={styles.text}>{t("readAloud.hint")}</p>
			<div className={styles.grid}>
				<Button kind="plain" icon={<Icon name="minus" />} onPress={() => readAloud()?.quieter()}>
					{t("readAloud.quieter")}
				</Button>
				<Button kind="plain" icon={<Icon name="plus" />} onPress={() => readAloud()?.louder()}>
					{t("readAloud.louder")}
				</Button>
				<Button
					kind="plain"
					icon={<Icon name="x" />}
					onPress={() => dispatch({ type: "mode-switched", mode: "readAloud" })}
				>
					{t("readAloud.stop")}
				</Button>
				<Button kind="primary" icon={<Icon name="repeat" />} onPress={close}>
					{t("readAloud.again")}
				</Button>
			</div>
		</Dialog>
	);
}
