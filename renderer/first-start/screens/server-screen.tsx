import { useState } from "react";
import type { StationSetup } from "../../../protocol/api/setup.ts";
import { Keyboard } from "../components/keyboard.tsx";
import { StepFrame } from "../components/step-frame.tsx";
import styles from "../first-start.module.css";
import { failureText } from "../messages/messages.ts";
import type { StepProps } from "./step-props.ts";

const CODE_LENGTH = 10;

interface ServerScreenProps extends StepProps {
	/** Back to the printer, which the device before this one may have named. */
	goToPrinter(): void;
}

/** The central server: by a code now, or later, or never. */
export function ServerScreen({ t, setup, firstStart, goOn, goBack, goToPrinter }: ServerScreenProps) {
	const [field, setField] = useState<"server" | "code" | null>(null);
	const { preparedServer } = setup;
	const [server, setServer] = useState(preparedServer ?? "https://");
	const [code, setCode] = useState("");
	const [isBusy, setIsBusy] = useState(false);
	const [failure, setFailure] = useState<string | null>(null);
	const enrol = async () => {
		setIsBusy(true);
		const result = await firstStart.enrol({ server: server.trim(), code });
		setIsBusy(false);
		setFailure("failure" in result ? failureText(result.failure, t) : null);
		if ("value" in result) setField(null);
	};

	if (setup.server !== null)
		return (
			<StepFrame
				t={t}
				heading={t("server.joined")}
				hint={setup.server}
				onBack={goBack}
				actions={<Next t={t} goOn={goOn} />}
			>
				<p className={styles.hint}>{t("server.joinedHint")}</p>
				{setup.withoutPin.accounts > 0 && <p>{t("server.takenOver", { count: String(setup.withoutPin.accounts) })}</p>}
				<InheritedPrinter t={t} printer={setup.printer} goToPrinter={goToPrinter} />
			</StepFrame>
		);
	if (field === null)
		return (
			<StepFrame
				t={t}
				heading={t(preparedServer === null ? "server.heading" : "server.prepared")}
				hint={preparedServer ?? t("server.hint")}
				onBack={goBack}
				actions={
					<>
						<button
							type="button"
							className={styles.secondary}
							onClick={() => setField(preparedServer === null ? "server" : "code")}
						>
							{t("server.now")}
						</button>
						<button type="button" className={styles.primary} onClick={goOn}>
							{t("server.later")}
						</button>
					</>
				}
			>
				<p>{t("server.alone")}</p>
				<p className={styles.hint}>{t("server.where")}</p>
			</StepFrame>
		);
	const letters = code.replace(/[^0-9a-z]/gi, "");
	return (
		<StepFrame
			t={t}
			heading={t(field === "server" ? "server.address" : "server.code")}
			hint={t(field === "server" ? "server.addressHint" : "server.codeHint")}
			failure={failure}
			isWide
			onBack={() => setField(field === "code" && preparedServer === null ? "server" : null)}
			actions={
				field === "server" ? (
					<button
						type="button"
						className={styles.primary}
						disabled={!/^https?:\/\/.+/.test(server)}
						onClick={() => setField("code")}
					>
						{t("next")}
					</button>
				) : (
					<button
						type="button"
						className={styles.primary}
						disabled={letters.length < CODE_LENGTH || isBusy}
						onClick={() => void enrol()}
					>
						{t(isBusy ? "wait" : "server.join")}
					</button>
				)
			}
		>
			<p className={styles.typed} dir="ltr">
				{field === "server" ? server : code.toUpperCase()}
			</p>
			{field === "server" ? (
				<Keyboard t={t} value={server} marks=".:/-" onChange={setServer} />
			) : (
				<Keyboard t={t} value={code} onChange={setCode} />
			)}
		</StepFrame>
	);
}

/** Only offered: at another place of the network another machine may have that address. */
function InheritedPrinter({
	t,
	printer: { inherited, place, origin },
	goToPrinter,
}: Pick<ServerScreenProps, "t" | "goToPrinter"> & { printer: StationSetup["printer"] }) {
	if (inherited === null || inherited === place || origin === "settings") return null;
	return (
		<section className={styles.card}>
			<p>{t("server.inheritedPrinter", { place: inherited })}</p>
			<button type="button" className={styles.secondary} onClick={goToPrinter}>
				{t("server.tryPrinter")}
			</button>
		</section>
	);
}

function Next({ t, goOn }: Pick<StepProps, "t" | "goOn">) {
	return (
		<button type="button" className={styles.primary} onClick={goOn}>
			{t("next")}
		</button>
	);
}
