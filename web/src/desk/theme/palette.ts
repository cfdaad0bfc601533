/** Colours of the desk over antd's: calm, and each text at least 4.5 : 1 against what lies behind it. */

const SHAPE = { borderRadius: 6 };

/** antd's tags and statuses are too pale to be read for eight hours. */
const LEGIBLE_LIGHT = {
  colorTextPlaceholder: "#6b7480",
  colorTextDescription: "#5c6675",
  colorTextTertiary: "#5c6675",
  colorSuccess: "#237804",
  colorSuccessBg: "#f0fae8",
  colorSuccessBorder: "#b7dd9b",
  colorWarning: "#ad4e00",
  colorWarningBg: "#fff7e6",
  colorWarningBorder: "#f5cf96",
  colorError: "#c2261d",
  colorErrorBg: "#fff2f0",
  colorErrorBorder: "#f4b5ae",
  volcano7: "#ad2102",
  "volcano-7": "#ad2102",
  orange7: "#ad4e00",
  "orange-7": "#ad4e00",
  gold7: "#874d00",
  "gold-7": "#874d00",
  green7: "#237804",
  "green-7": "#237804",
  cyan7: "#006d75",
  "cyan-7": "#006d75",
  red6: "#cf1322",
  "red-6": "#cf1322",
};

const LEGIBLE_DARK = {
  colorTextPlaceholder: "#8f99a8",
  colorTextDescription: "#9aa5b4",
  colorTextTertiary: "#9aa5b4",
  colorError: "#ff7b72",
  purple7: "#ab7ae0",
  "purple-7": "#ab7ae0",
  geekblue7: "#7f9ef3",
  "geekblue-7": "#7f9ef3",
};

export const LIGHT = {
  ...SHAPE,
  ...LEGIBLE_LIGHT,
  colorPrimary: "#1463b8",
  colorPrimaryHover: "#0f56a3",
  colorPrimaryActive: "#0c4686",
  colorLinkHover: "#0f56a3",
  colorInfo: "#1463b8",
};

export const DARK = {
  ...SHAPE,
  ...LEGIBLE_DARK,
  colorPrimary: "#3d8ee6",
  colorInfo: "#7ab8f7",
  colorLink: "#6cb0f5",
  colorBgLayout: "#101318",
  colorBgContainer: "#181c23",
  colorBgElevated: "#20252e",
  colorBorderSecondary: "#2b313b",
};

/** White on a button wants a darker blue than a word on a dark page. */
export const DARK_PARTS = {
  Button: {
    colorPrimary: "#2f6fb5",
    colorPrimaryHover: "#3573b8",
    colorPrimaryActive: "#285f9c",
    defaultHoverColor: "#8dc5f8",
    defaultHoverBorderColor: "#8dc5f8",
    defaultActiveColor: "#6cb0f5",
    defaultActiveBorderColor: "#6cb0f5",
  },
  Tabs: { itemSelectedColor: "#6cb0f5", itemHoverColor: "#8dc5f8", inkBarColor: "#6cb0f5" },
};
