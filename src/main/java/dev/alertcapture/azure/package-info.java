/**
 * What all requests to Azure share: clouds, identities, roles, the pipeline, what refusals mean.
 *
 * <p>No single service is known here.
 */
package dev.alertcapture.azure;
