/** Chromium's values for "block" in its default settings of a site. */
const BLOCK = 2;
/** The values of IncognitoModeAvailability, DownloadRestrictions and BrowserSignin that allow nothing. */
const NO_INCOGNITO = 1;
const NO_DOWNLOADS = 3;
const NO_SIGN_IN = 0;

/**
 * The policies for a browser on a kiosk: the file for /etc/chromium/policies/managed, or Chrome's folder. They hold for
 * every window of every user of the machine, whatever flags it was started with. `origin` is the station's.
 */
export function managedPolicies(origin: string): Readonly<Record<string, unknown>> {
	const { host, protocol } = new URL(origin);
	return {
		// Nothing but the station and the page that is shown while it is away.
		URLBlocklist: ["*"],
		URLAllowlist: [`${protocol}//${host}`, "data:*"],
		...{ AllowFileSelectionDialogs: false, DownloadRestrictions: NO_DOWNLOADS, PrintingEnabled: false },
		...{ TranslateEnabled: false, SpellcheckEnabled: false, SearchSuggestEnabled: false },
		...{ PasswordManagerEnabled: false, AutofillAddressEnabled: false, AutofillCreditCardEnabled: false },
		...{
			BrowserSignin: NO_SIGN_IN,
			SyncDisabled: true,
			BrowserGuestModeEnabled: false,
			BrowserAddPersonEnabled: false,
		},
		IncognitoModeAvailability: NO_INCOGNITO,
		// Not DeveloperToolsAvailability: the window is watched through the same protocol, over a pipe to its own program, and
		// a browser that forbids it forbids both (measured). A window of developer tools is closed like any other.
		RemoteDebuggingAllowed: true,
		...{ DefaultNotificationsSetting: BLOCK, DefaultPopupsSetting: BLOCK, DefaultGeolocationSetting: BLOCK },
		...{ DefaultWebUsbGuardSetting: BLOCK, DefaultSerialGuardSetting: BLOCK, DefaultWebBluetoothGuardSetting: BLOCK },
		...{ DefaultWebHidGuardSetting: BLOCK, DefaultFileSystemReadGuardSetting: BLOCK },
		...{ DefaultFileSystemWriteGuardSetting: BLOCK, DefaultClipboardSetting: BLOCK },
		...{ VideoCaptureAllowed: false, AudioCaptureAllowed: false, ScreenCaptureAllowed: false },
		...{ ExtensionInstallBlocklist: ["*"], BackgroundModeEnabled: false, BookmarkBarEnabled: false },
		...{ EditBookmarksEnabled: false, DefaultBrowserSettingEnabled: false, PromotionsEnabled: false },
		...{ MetricsReportingEnabled: false, ComponentUpdatesEnabled: false, UserFeedbackAllowed: false },
		...{ NetworkPredictionOptions: BLOCK, AllowDinosaurEasterEgg: false, MediaRecommendationsEnabled: false },
		...{ EnableMediaRouter: false, TaskManagerEndProcessEnabled: false, SavingBrowserHistoryDisabled: true },
		AutoplayAllowed: true,
	};
}
