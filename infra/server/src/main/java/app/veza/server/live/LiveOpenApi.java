package app.veza.server.live;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** What players fetch, which no controller answers, for {@code /openapi.json}. */
final class LiveOpenApi implements GlobalOpenApiCustomizer {

    private static final String PLAYLIST = "application/vnd.apple.mpegurl";
    private static final String AUDIO = "audio/mp4";
    private static final String LINKS = "A private stream needs the link that joining it answers,"
            + " /live/{streamId}/s/{pass}/..., below which all of this is found alike.";

    @Override
    public void customise(OpenAPI document) {
        document.path(
                "/live/{streamId}/master.m3u8",
                path("masterPlaylist", "Multivariant playlist of a stream", LINKS, PLAYLIST));
        PathItem media = path(
                "mediaPlaylist",
                "Playlist of one rendition",
                "128k or 64k: LL-HLS while the stream is live, with blocking reloads and delta updates; all of it once the"
                        + " stream has ended. " + LINKS,
                PLAYLIST,
                inPath("rendition"));
        media.getGet()
                .addParametersItem(
                        inQuery("_HLS_msn", "Answered once the playlist has this segment.", new IntegerSchema()))
                .addParametersItem(inQuery("_HLS_part", "And this part of it.", new IntegerSchema()))
                .addParametersItem(
                        inQuery("_HLS_skip", "YES or v2: leave out what the player knows.", new StringSchema()));
        media.getGet().getResponses().addApiResponse("400", problem("Too far ahead, or no number."));
        document.path("/live/{streamId}/{rendition}/index.m3u8", media);
        document.path(
                "/live/{streamId}/{rendition}/{file}",
                path(
                        "mediaSegment",
                        "Part, segment or initialization",
                        "As the playlist names it; it never changes.",
                        AUDIO,
                        inPath("rendition"),
                        inPath("file")));
        PathItem recording = path(
                "recordingFile",
                "Recording of a stream",
                "Once it has ended: one file, with its title; one range of it where the request names one.",
                AUDIO);
        recording.getGet().getResponses().addApiResponse("206", answer("The range.", AUDIO, binary()));
        recording.getGet().getResponses().addApiResponse("416", problem("The range is behind its end."));
        document.path("/live/{streamId}/recording.m4a", recording);
        document.path(
                "/live/{streamId}/peaks.json",
                path(
                        "recordingPeaks",
                        "Waveform of the recording",
                        "As audiowaveform writes it.",
                        "application/json",
                        new ObjectSchema()));
    }

    private static PathItem path(String id, String summary, String description, String contentType, Parameter... more) {
        return path(id, summary, description, contentType, binary(), more);
    }

    private static PathItem path(
            String id, String summary, String description, String contentType, Schema<?> content, Parameter... more) {
        var operation = new Operation()
                .operationId(id)
                .summary(summary)
                .description(description)
                .addTagsItem("streaming")
                .security(List.of())
                .addParametersItem(new Parameter()
                        .name("streamId")
                        .in("path")
                        .required(true)
                        .schema(new UUIDSchema()))
                .responses(new ApiResponses()
                        .addApiResponse("200", answer("Found.", contentType, content))
                        .addApiResponse("403", problem("The link has expired."))
                        .addApiResponse("404", problem("Nothing is there, or not yet, or not for everybody."))
                        .addApiResponse("429", later("Too much is fetched from this address."))
                        .addApiResponse("503", later("Nothing new came in time, or the storage is away.")));
        List.of(more).forEach(operation::addParametersItem);
        return new PathItem().get(operation);
    }

    private static Parameter inPath(String name) {
        return new Parameter().name(name).in("path").required(true).schema(new StringSchema());
    }

    private static Parameter inQuery(String name, String description, Schema<?> schema) {
        return new Parameter().name(name).in("query").description(description).schema(schema);
    }

    private static ApiResponse problem(String description) {
        return answer(description, "application/problem+json", new Schema<>().$ref("#/components/schemas/Problem"));
    }

    private static ApiResponse later(String description) {
        return problem(description).addHeaderObject("Retry-After", new Header().schema(new IntegerSchema()));
    }

    private static Schema<?> binary() {
        return new StringSchema().format("binary");
    }

    private static ApiResponse answer(String description, String contentType, Schema<?> schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(contentType, new MediaType().schema(schema)));
    }
}
