SwaggerUIBundle({
  url: "../v3/api-docs",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // The validator is a service on the internet.
  validatorUrl: null,
});
