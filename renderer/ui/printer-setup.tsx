import { useId, useState } from "react";
import type { PrinterSetup, SheetAnswers } from "../../protocol/api/printer-setup.ts";
import { SHEET_WIDTHS } from "../../protocol/model/sheet-widths.ts";
import english from "../../resources/languages/printer-setup/en.json" with { type: "json" };
import chinese from "../../resources/languages/printer-setup/zh-Hans.json" with { type: "json" };
import { createMessages } from "../i18n/messages.ts";
import type { StaffLanguage } from "../i18n/staff-languages.ts";
import styles from "./printer-setup.module.css";

const files = createMessages(english, chinese);

interface PrinterSetupFormProps {
	setup: PrinterSetup;
	language: StaffLanguage;
	/** The sheet is being printed, or the answers are being kept. */
	isBusy: boolean;
	onPrintSheet(profile: string | null): void;
	onKeep(answers: SheetAnswers): void;
}

/** Chooses the printer's model, prints the set-up sheet and asks what a person sees on it. It talks to nobody itself. */
export function PrinterSetupForm({ setup, language, isBusy, onPrintSheet, onKeep }: PrinterSetupFormProps) {
	const t = files.t(language);
	const id = useId();
	const [profile, setProfile] = useState(setup.profile ?? "");
	const widths = sheetWidths(setup.widthDots);
	const [width, setWidth] = useState<number | null>(null);
	const [picture, setPicture] = useState<SheetAnswers["picture"] | null>(null);
	const [cut, setCut] = useState<SheetAnswers["cut"] | null>(null);
	const isAnswered = width !== null && picture !== null && cut !== null;
	return (
		<div className={styles.setup}>
			<dl className={styles.facts}>
				<dt>{t("address")}</dt>
				<dd>
					<bdi>{setup.place}</bdi>
				</dd>
				<dt>{t("can")}</dt>
				<dd>{describe(setup, language)}</dd>
				<dt>{t("now")}</dt>
				<dd>{t(setup.hasCutter ? "nowCut" : "nowTear", { dots: setup.widthDots })}</dd>
			</dl>
			{setup.fixed.length > 0 && <p className={styles.fixed}>{t("fixed", { options: setup.fixed.join(", ") })}</p>}

			<section aria-labelledby={`${id}-1`}>
				<h3 id={`${id}-1`}>{t("step1")}</h3>
				<label className={styles.model}>
					<span>{t("model")}</span>
					<select value={profile} onChange={(event) => setProfile(event.target.value)}>
						<option value="">{t("noModel")}</option>
						{setup.profiles.map((name) => (
							<option key={name}>{name}</option>
						))}
					</select>
				</label>
				<p className={styles.hint}>{t("modelHint")}</p>
				<button type="button" disabled={isBusy} onClick={() => onPrintSheet(profile === "" ? null : profile)}>
					{t(isBusy ? "printing" : "print")}
				</button>
			</section>

			<section aria-labelledby={`${id}-2`}>
				<h3 id={`${id}-2`}>{t("step2")}</h3>
				<Choice
					name={`${id}-width`}
					legend={t("width")}
					value={width}
					onChange={(value) => setWidth(value)}
					isInline
					choices={widths.map((one) => ({ value: one, label: String(one) }))}
				/>
				<Choice
					name={`${id}-picture`}
					legend={t("picture")}
					value={picture}
					onChange={(value) => setPicture(value)}
					choices={(["whole", "torn"] as const).map((value) => ({ value, label: t(`picture_${value}`) }))}
				/>
				<Choice
					name={`${id}-cut`}
					legend={t("cut")}
					value={cut}
					onChange={(value) => setCut(value)}
					choices={(["cut", "early", "none"] as const).map((value) => ({ value, label: t(`cut_${value}`) }))}
				/>
				<button
					type="button"
					disabled={isBusy || !isAnswered}
					onClick={() => isAnswered && onKeep({ width, picture, cut })}
				>
					{t("keep")}
				</button>
				<p className={styles.hint}>{t("again")}</p>
			</section>
		</div>
	);
}

/** "This printer can report paper and cover, but cannot confirm a ticket." */
function describe({ abilities }: PrinterSetup, language: StaffLanguage): string {
	const t = files.t(language);
	if (abilities === null) return t("notAsked");
	const { reports, confirms } = abilities;
	// What it says of itself as a whole goes without saying beside a part.
	const detailed = reports.filter((part) => part !== "online");
	const parts = (detailed.length > 0 ? detailed : reports).map((part) => t(`part_${part}`));
	if (parts.length === 0) return t(confirms ? "canConfirmOnly" : "canNothing");
	const list = new Intl.ListFormat(language === "en" ? "en-GB" : language).format(parts);
	return t(confirms ? "canConfirm" : "canReport", { parts: list });
}

/** The numbers on a sheet of so many dots. */
function sheetWidths(widthDots: number): number[] {
	return [...new Set([...SHEET_WIDTHS.filter((width) => width < widthDots), widthDots])];
}

interface ChoiceProps<Value> {
	name: string;
	legend: string;
	value: Value | null;
	choices: readonly { value: Value; label: string }[];
	/** Beside each other. */
	isInline?: boolean;
	onChange(value: Value): void;
}

function Choice<Value extends string | number>({
	name,
	legend,
	value,
	choices,
	isInline,
	onChange,
}: ChoiceProps<Value>) {
	return (
		<fieldset className={styles.choice} data-inline={isInline}>
			<legend>{legend}</legend>
			{choices.map((choice) => (
				<label key={choice.value}>
					<input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
					<span>{choice.label}</span>
				</label>
			))}
		</fieldset>
	);
}
