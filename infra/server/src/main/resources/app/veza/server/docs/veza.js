// The page asks the host that it came from, whatever the document names: behind a proxy or a tunnel that is where we are.
const ofThisHost = {
  statePlugins: {
    spec: {
      wrapActions: {
        updateJsonSpec: (update) => (document) => update({ ...document, servers: [{ url: window.location.origin }] }),
      },
    },
  },
};

window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  validatorUrl: null,
  persistAuthorization: false,
  plugins: [ofThisHost],
});
