# Writes nested named lists as JSON with all digits; NA becomes null.  Sourced by the scripts beside it.
to_json <- function(x, indent = 0) {
  pad <- strrep(" ", indent + 1)
  if (is.list(x)) {
    inner <- vapply(x, to_json, "", indent = indent + 1)
    if (is.null(names(x))) return(paste0("[\n", pad, paste(inner, collapse = paste0(",\n", pad)), "]"))
    return(paste0("{\n", pad, paste0('"', names(x), '": ', inner, collapse = paste0(",\n", pad)), "}"))
  }
  text <- if (is.character(x)) paste0('"', x, '"')
    else if (is.logical(x)) ifelse(x, "true", "false")
    else sprintf("%.17g", as.numeric(x))
  text[is.na(x)] <- "null"
  if (length(x) == 1 && !inherits(x, "AsIs")) text else paste0("[", paste(text, collapse = ","), "]")
}
write_json <- function(x, file) writeLines(to_json(x), file)
