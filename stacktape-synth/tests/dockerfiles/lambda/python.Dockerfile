FROM public.ecr.aws/lambda/python:3.13 AS build
RUN dnf install -y gcc gcc-c++ git gzip libffi-devel make tar && dnf clean all
RUN python3 -m pip install --no-cache-dir uv==0.13.9
ENV UV_LINK_MODE=copy
ENV UV_PROJECT_ENVIRONMENT=/venv
ENV UV_PYTHON_DOWNLOADS=never
RUN uv venv /venv
WORKDIR /app
COPY . .
RUN uv pip install --python /venv -r requirements.txt
RUN rm -rf .stacktape
RUN mkdir /out && cp -R /venv/lib/python*/site-packages/. /app/. /out && rm -f /out/_virtualenv.*

FROM --platform=$BUILDPLATFORM public.ecr.aws/docker/library/python:3.13-alpine AS pack
WORKDIR /package
COPY .stacktape/pack.py /pack.py
COPY --from=build /out/ ./
RUN ["python", "/pack.py", "/package", "/package.zip"]

FROM scratch
COPY --from=pack /package.zip /package.zip
