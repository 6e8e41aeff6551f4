SwaggerUIBundle({
  url: "../v3/api-docs",
  dom_id: "#swagger-ui",
  deepLinking: true,
  // Off: the validator of Swagger is a service on the internet.
  validatorUrl: null,
});
