FROM olympeio/backend-base:18-latest
COPY $SOURCES_PATH /home/node/app
