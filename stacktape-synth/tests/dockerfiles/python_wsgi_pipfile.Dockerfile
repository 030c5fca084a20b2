FROM public.ecr.aws/docker/library/python:3.12-alpine AS build
RUN apk add --no-cache build-base libffi-dev
RUN python -m pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1
ENV UV_LINK_MODE=copy
ENV UV_PROJECT_ENVIRONMENT=/venv
ENV UV_PYTHON_DOWNLOADS=never
RUN uv venv /venv
WORKDIR /app
COPY . .
RUN uvx pipenv requirements > /tmp/requirements.txt && uv pip install --python /venv -r /tmp/requirements.txt
RUN uv pip install --python /venv gunicorn
RUN rm -rf .stacktape

FROM public.ecr.aws/docker/library/python:3.12-alpine
RUN apk add --no-cache curl tini
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/ ./
ENV PATH=/venv/bin:$PATH
ENV PYTHONPATH="/app:/app/services/api"
ENV PYTHONUNBUFFERED=1
USER 1000:1000
ENTRYPOINT ["tini", "--"]
CMD ["sh", "-c", "exec gunicorn --bind 0.0.0.0:${PORT:-8000} services.api.main:app"]
