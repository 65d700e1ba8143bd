// Draws the API that the page names. Everything is asked of this host alone.
const place = document.getElementById("redoc");
const text = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const code = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

Redoc.init(
  place.dataset.document,
  {
    expandResponses: "200,201",
    hideDownloadButton: false,
    jsonSampleExpandLevel: 3,
    nativeScrollbars: true,
    requiredPropsFirst: true,
    showExtensions: ["x-experimental"],
    sanitize: true,
    labels: {
      arrayOf: "Lijst van ",
      const: "Waarde",
      default: "Standaard",
      deprecated: "Verouderd",
      download: "Downloaden",
      downloadSpecification: "OpenAPI-document downloaden",
      enum: "Waarden",
      enumArray: "Elementen",
      enumSingleValue: "Waarde",
      example: "Voorbeeld",
      examples: "Voorbeelden",
      noResultsFound: "Niets gevonden",
      recursive: "Recursief",
      requestSamples: "Voorbeeld van een verzoek",
      responseSamples: "Voorbeeld van een antwoord",
      responses: "Antwoorden",
    },
    theme: {
      spacing: { sectionVertical: 24 },
      colors: {
        primary: { main: "#154273" },
        text: { primary: "#1f2933", secondary: "#4a5560" },
        http: {
          get: "#1d6b3a",
          post: "#154273",
          put: "#8a4b00",
          patch: "#8a4b00",
          delete: "#a3161a",
          head: "#5c2d83",
        },
      },
      sidebar: { backgroundColor: "#f3f5f8", textColor: "#1f2933", width: "290px" },
      rightPanel: { backgroundColor: "#1b2733" },
      typography: {
        fontFamily: text,
        fontSize: "16px",
        headings: { fontFamily: text, fontWeight: "600" },
        code: { fontFamily: code, color: "#8c1d40", backgroundColor: "#f3f5f8" },
        links: { color: "#154273", visited: "#154273", hover: "#0b2a4a" },
      },
    },
  },
  place,
);
